"""`reindex_ids`: after a new key was added to the key file, bring everything sealed under it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from voters.services.rekeying import KeyMissing, Rekeyed, rekey

EVERY = 50  # pieces


class Command(BaseCommand):
    help = "更换密钥：把用旧密钥加密的内容改用新密钥，身份证号的查重索引一并更新；中断后可以再次运行"

    def handle(self, *args: Any, **options: Any) -> None:
        done = Rekeyed()
        try:
            for piece, done in enumerate(rekey(), start=1):
                if piece % EVERY == 0:
                    self.stdout.write(f"已重新加密{done.sealed}行，更新索引{done.indexed}人")
        except KeyMissing as missing:
            raise CommandError(
                f"缺少加密密钥版本{missing}，没有改动任何内容。请把这些版本放回密钥文件后再运行。"
            ) from None
        self.stdout.write(f"重新加密{done.sealed}行，更新索引{done.indexed}人")
        if done.clashes:
            where = "、".join(done.clashes)
            raise CommandError(
                f"{where}有人在更换密钥期间重复登记，这些批次的索引没有更新。请保留旧密钥，由镇换届办核对后再运行。"
            )
        newest = max(settings.ID_KEYS["encrypt"])
        self.stdout.write(f"全部内容已用版本{newest}的密钥加密，旧版本可以从密钥文件中去掉")
