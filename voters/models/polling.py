"""Ways of voting: proxies, ballots brought to the house, helpers, cards shown at the door (VT-03, VT-06…14, VT-18).

No row here knows what anybody voted; a ballot has no number (VT-18).
"""

import uuid

from django.db import models
from django.utils import timezone


class ProxyVote(models.Model):
    """委托投票: one voter away authorises another in writing. In force until ``ended_on``; never deleted."""

    class Ending(models.TextChoices):
        WITHDRAWN = "withdrawn", "委托人撤回"
        CANDIDATE = "candidate", "受委托人成为候选人"
        OFF_ROLL = "off_roll", "委托人或者受委托人不再列入名单"
        CAME = "came", "委托人本人到场"
        CORRECTED = "corrected", "登记有误"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="proxy_votes")
    number = models.PositiveIntegerField("委托证编号")
    principal = models.ForeignKey("voters.Voter", on_delete=models.PROTECT, related_name="proxies_given")
    agent = models.ForeignKey("voters.Voter", on_delete=models.PROTECT, related_name="proxies_held")
    relation = models.CharField("关系", max_length=20)  # a relation of elections.counting.kin, or "other": 其他选民
    reason = models.CharField("不能到场的原因", max_length=100)
    applied_on = models.DateField("申请日期")
    consented_by = models.CharField("选举委员会经办人", max_length=50)
    ended_on = models.DateField("终止日期", null=True, blank=True)
    ending = models.CharField("终止的原因", max_length=10, choices=Ending, blank=True)
    made_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "委托投票"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["election", "number"], name="one_proxy_a_number"),
            models.UniqueConstraint(
                fields=["principal"], condition=models.Q(ended_on=None), name="one_agent_a_principal"
            ),
            models.CheckConstraint(condition=~models.Q(principal=models.F("agent")), name="nobody_his_own_agent"),
            models.CheckConstraint(
                condition=models.Q(ended_on=None, ending="") | models.Q(ended_on__isnull=False) & ~models.Q(ending=""),
                name="proxy_ended_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"第{self.number}号"


class RovingVoter(models.Model):
    """流动票箱投票人员: who cannot come and asked for the box at home (VT-03, notice 12)."""

    class Why(models.TextChoices):
        OLD = "old", "年老体弱"
        ILL = "ill", "患病"
        DISABLED = "disabled", "残疾、行动不便"
        OTHER = "other", "其他"

    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="roving_voters")
    voter = models.ForeignKey("voters.Voter", on_delete=models.PROTECT, related_name="roving")
    why = models.CharField("原因", max_length=10, choices=Why)
    note = models.CharField("情况说明", max_length=100, blank=True)
    route = models.CharField("路线（票箱）", max_length=40)
    applied_on = models.DateField("申请日期")
    made_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "流动票箱投票人员"
        ordering = ["route", "voter__number"]
        constraints = [models.UniqueConstraint(fields=["election", "voter"], name="one_box_a_voter")]

    def __str__(self) -> str:
        return self.route


class HelpedVoter(models.Model):
    """代写: a voter who cannot write and the person trusted to write for them, never a candidate (VT-14, notice 14)."""

    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="helped_voters")
    voter = models.ForeignKey("voters.Voter", on_delete=models.PROTECT, related_name="helped")
    helper_person = models.ForeignKey(
        "elections.Person", on_delete=models.PROTECT, null=True, related_name="helping", verbose_name="代写人"
    )
    helper = models.CharField("代写人", max_length=160)
    reason = models.CharField("原因", max_length=100)
    made_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "代写"
        ordering = ["voter__number"]
        constraints = [models.UniqueConstraint(fields=["election", "voter"], name="one_helper_a_voter")]

    def __str__(self) -> str:
        return self.helper


class CheckIn(models.Model):
    """验证发票: a card was shown in one round and a ballot given out; no word of what became of the ballot (VT-18).

    Taken back it stays with ``undone_at``; of one voter only one counts in a round.
    """

    class Way(models.TextChoices):
        IN_PERSON = "in_person", "本人"
        PROXY = "proxy", "受委托人"
        ROVING = "roving", "流动票箱"

    class Undoing(models.TextChoices):
        WRONG_PERSON = "wrong_person", "登记错人"
        WRONG_WAY = "wrong_way", "领票方式登记错"
        RETURNED = "returned", "选票已退回"

    round = models.ForeignKey("elections.Round", on_delete=models.PROTECT, related_name="check_ins")
    voter = models.ForeignKey("voters.Voter", on_delete=models.PROTECT, related_name="check_ins")
    way = models.CharField("领票方式", max_length=10, choices=Way)
    table = models.CharField("发票处", max_length=20, blank=True)
    by = models.ForeignKey("elections.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_why = models.CharField("撤销原因", max_length=12, choices=Undoing, blank=True, default="")
    undone_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "验证发票"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(undone_at=None, undone_why="")
                | models.Q(undone_at__isnull=False, undone_by__isnull=False) & ~models.Q(undone_why=""),
                name="taken_back_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["round", "voter"], condition=models.Q(undone_at=None), name="one_ballot_a_voter_and_round"
            ),
        ]

    def __str__(self) -> str:
        return self.get_way_display()
