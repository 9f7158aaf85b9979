"""Main facts of the two other bodies: the Party organisation (PB-) and the supervision committee (RP-07…09)."""

from django.db import models


class PartyRecord(models.Model):
    """The record of a Party organisation's election, from the request to the approval (PB-23)."""

    election = models.OneToOneField("elections.Election", on_delete=models.PROTECT, related_name="party_record")
    request_on = models.DateField("换届请示日期", null=True, blank=True)
    reply_on = models.DateField("换届批复日期", null=True, blank=True)
    full_members = models.PositiveIntegerField("正式党员", default=0)
    due = models.PositiveIntegerField("应到会有选举权人数", null=True, blank=True)
    left_out = models.PositiveIntegerField("不计入应到会人数", default=0)
    left_out_approved_on = models.DateField("不计入经上级批准日期", null=True, blank=True)
    left_out_voted_on = models.DateField("不计入经党员大会通过日期", null=True, blank=True)
    members_recommended_on = models.DateField("党员推荐日期", null=True, blank=True)
    masses_recommended_on = models.DateField("群众推荐日期", null=True, blank=True)
    seats = models.PositiveSmallIntegerField("委员应选名额", default=0)
    candidates = models.PositiveSmallIntegerField("委员候选人数", default=0)
    vetted_on = models.DateField("资格联审完成日期", null=True, blank=True)
    inspected_on = models.DateField("考察完成日期", null=True, blank=True)
    notice_first_day = models.DateField("公示第一天", null=True, blank=True)
    notice_last_day = models.DateField("公示最后一天", null=True, blank=True)
    candidates_reply_on = models.DateField("候选人预备人选批复日期", null=True, blank=True)
    meeting_on = models.DateField("党员大会日期", null=True, blank=True)
    present = models.PositiveIntegerField("实到会有选举权人数", default=0)
    issued = models.PositiveIntegerField("发出选票", default=0)
    returned = models.PositiveIntegerField("收回选票", default=0)
    elected = models.PositiveSmallIntegerField("当选委员人数", default=0)
    secretary_elected_on = models.DateField("选出书记日期", null=True, blank=True)
    reported_on = models.DateField("选举结果报告日期", null=True, blank=True)
    approved_on = models.DateField("选举结果批复日期", null=True, blank=True)

    class Meta:
        verbose_name = "党组织换届记录"


class SupervisionRecord(models.Model):
    """Dates of a supervision committee's formation."""

    election = models.OneToOneField("elections.Election", on_delete=models.PROTECT, related_name="supervision_record")
    vetted_on = models.DateField("人选审查完成日期", null=True, blank=True)
    published_on = models.DateField("结果公布日期", null=True, blank=True)

    class Meta:
        verbose_name = "村务监督委员会推选记录"


class SupervisionMember(models.Model):
    """A member of the supervision committee; near relatives of the villagers' committee are barred (RP-07)."""

    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="supervision_members")
    person = models.ForeignKey(
        "elections.Person", on_delete=models.PROTECT, null=True, related_name="supervision_places"
    )
    name = models.CharField("姓名", max_length=160)
    chair = models.BooleanField("主任", default=False)
    bookkeeping = models.BooleanField("具备财会或管理知识", default=False)
    kin_on_committee = models.BooleanField("与村（居）民委员会成员有近亲属关系", default=False)
    on_committee = models.BooleanField("是村（居）民委员会成员", default=False)

    class Meta:
        verbose_name = "村务监督委员会成员"
        constraints = [
            models.UniqueConstraint(fields=["election", "person"], name="one_supervision_place_a_record"),
            models.UniqueConstraint(fields=["election", "name"], name="one_supervision_place_a_person"),
        ]
