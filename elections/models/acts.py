"""Acts: what a person sent once, and the answer they got, so that sending it again changes nothing."""

import json
import uuid
from uuid import UUID

from django.db import models
from django.utils import timezone

from elections import secrecy

ALREADY = "这一步已经办理，没有重复提交。"


class Act(models.Model):
    """One posted form of one person under the random key it carried.

    Written first in the transaction of the act and committed with it: a second sender of the same key waits for the
    first. The answer is kept sealed, for a page may show what the database may not.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey("elections.User", on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField()
    method = models.CharField(max_length=7)
    path = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)  # keyed: of method, address and everything that was sent
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)  # the few of `middleware.KEPT_HEADERS`
    body = models.BinaryField(null=True)  # sealed; None when it was too long or a stream
    created = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "提交"
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_act_a_key")]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    def claim(self) -> "Act | None":
        """Take the key; return the earlier act when it was taken before. Waits while another sender has it open."""
        Act.objects.bulk_create([self], ignore_conflicts=True)
        kept = Act.objects.get(user=self.user_id, key=self.key)
        return None if kept.pk == self.pk else kept

    def keep(self, status: int, headers: dict[str, str], body: str | None) -> None:
        """Note the answer, for whoever sends the same again."""
        sealed = None if body is None else secrecy.seal(body, table=self._meta.db_table, row=self.id, field="body")
        Act.objects.filter(pk=self.pk).update(status=status, headers=headers, body=sealed)

    def text(self) -> str | None:
        """Return the page that was answered, None when it was not kept."""
        if self.body is None:
            return None
        return secrecy.unseal(self.body, table=self._meta.db_table, row=self.id, field="body")


def digest_of(parts: list[tuple[str, str]]) -> str:
    """Return the keyed digest of what was sent: without the key nobody can try out id numbers on it."""
    return secrecy.keyed_digest("act", json.dumps(parts, ensure_ascii=True).encode()).hex()


def key_of(text: str) -> UUID | None:
    """Return the key a form carried, None when it carried none or something else."""
    try:
        return UUID(text)
    except ValueError:
        return None
