"""Passwords: how they are kept and which are refused."""

import re

from django.apps import apps
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from pypinyin import lazy_pinyin

SHORTEST = 12
BIRTHDAY = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
PLACE_ENDINGS = re.compile(r"(?:村|社区|镇|乡|街道|县|市|区|村民委员会|居民委员会)$")


class Argon2id(Argon2PasswordHasher):
    """Argon2id at the least recommended size: a wave of log-ins must not take a two-core server down."""

    time_cost = 2
    memory_cost = 19 * 1024  # KiB
    parallelism = 1


class LongEnough:
    """Refuse fewer than twelve characters. Django's own validator has no Chinese sentence."""

    def validate(self, password: str, user: object = None) -> None:
        if len(password) < SHORTEST:
            raise ValidationError(f"密码至少 {SHORTEST} 个字符，现在是 {len(password)} 个。", code="password_too_short")

    def get_help_text(self) -> str:
        return f"密码至少 {SHORTEST} 个字符。"


class NotABirthday:
    """Refuse a password with an eight-digit date in it."""

    def validate(self, password: str, user: object = None) -> None:
        if BIRTHDAY.search(password):
            raise ValidationError("密码里不要含有出生日期，如 19850312。", code="password_birthday")

    def get_help_text(self) -> str:
        return "密码里不要含有出生日期。"


class NotAPlaceName:
    """Refuse a password with the name of a village, town or county in it, in characters or in pinyin."""

    def validate(self, password: str, user: object = None) -> None:
        folded = password.casefold()
        for name in apps.get_model("elections", "Area").objects.values_list("name", flat=True):
            short = PLACE_ENDINGS.sub("", name)
            if len(short) >= 2 and (short in folded or "".join(lazy_pinyin(short)) in folded):
                raise ValidationError(f"密码里不要含有地名“{short}”或它的拼音。", code="password_place")

    def get_help_text(self) -> str:
        return "密码里不要含有村（社区）、镇、县的名称或拼音。"
