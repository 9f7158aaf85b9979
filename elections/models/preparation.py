"""Facts of the first stage: bodies, survey, talks, training, meetings, the election committee."""

from django.db import models

from elections.rules.kinds import SEXES


class WorkingBody(models.Model):
    """A body that runs the change of term: leading group, office, guidance or supervision group (CP-20)."""

    class Kind(models.TextChoices):
        LEADING = "leading", "换届工作领导小组"
        OFFICE = "office", "换届工作办公室"
        GUIDANCE = "guidance", "选举工作指导组"
        SUPERVISION = "supervision", "督导组"

    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="working_bodies")
    kind = models.CharField("机构", max_length=12, choices=Kind)
    head = models.CharField("负责人", max_length=50)
    size = models.PositiveSmallIntegerField("人数")
    formed_on = models.DateField("成立日期")

    class Meta:
        verbose_name = "工作机构"
        ordering = ["kind", "pk"]


class Survey(models.Model):
    """调查摸底: the figures and the difficulty grade with its causes (CP-21, CP-51)."""

    election = models.OneToOneField("elections.Election", on_delete=models.PROTECT, related_name="survey")
    done_on = models.DateField("完成日期")
    population = models.PositiveIntegerField("户籍人口")
    households = models.PositiveIntegerField("户数")
    adults = models.PositiveIntegerField("18周岁以上人数")
    party_members = models.PositiveIntegerField("党员人数")
    difficulty = models.CharField("选情等级", max_length=12)
    causes = models.CharField("原因", max_length=200, blank=True)  # codes joined by commas
    note = models.CharField("情况说明", max_length=500, blank=True)
    needs_rectification = models.BooleanField("需要先整顿", default=False)
    rectified_on = models.DateField("整顿完成日期", null=True, blank=True)

    class Meta:
        verbose_name = "调查摸底"


class Talks(models.Model):
    """谈心谈话: once with every current member of both committees (CP-27)."""

    election = models.OneToOneField("elections.Election", on_delete=models.PROTECT, related_name="talks")
    due = models.PositiveSmallIntegerField("应谈人数")
    done = models.PositiveSmallIntegerField("已谈人数")
    finished_on = models.DateField("最近一次谈话日期", null=True, blank=True)

    class Meta:
        verbose_name = "谈心谈话"


class Training(models.Model):
    """先培训再换届: who was trained for the election, when (CP-03, CP-29)."""

    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="trainings")
    held_on = models.DateField("培训日期")
    topic = models.CharField("培训内容", max_length=120)
    attendees = models.PositiveSmallIntegerField("参加人数")

    class Meta:
        verbose_name = "换届培训"
        ordering = ["held_on"]


class Meeting(models.Model):
    """A meeting that decides something for the election, with attendance and votes (EC-03, EC-04)."""

    class Purpose(models.TextChoices):
        ELECTION_COMMITTEE = "committee", "推选选举委员会"
        PLAN = "plan", "通过选举办法和工作方案"
        SEATS = "seats", "决定职位职数"
        SUPERVISION = "supervision", "推选村务监督委员会"

    class Kind(models.TextChoices):
        VILLAGERS = "villagers", "村民会议"
        REPRESENTATIVES = "representatives", "村民代表会议"
        GROUP = "group", "村民小组会议"

    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="meetings")
    purpose = models.CharField("事项", max_length=12, choices=Purpose)
    kind = models.CharField("会议", max_length=16, choices=Kind)
    held_on = models.DateField("召开日期")
    adults = models.PositiveIntegerField("18周岁以上应到人数", default=0)
    households = models.PositiveIntegerField("应到户数", default=0)
    members = models.PositiveIntegerField("代表（组成人员）应到人数", default=0)
    present = models.PositiveIntegerField("实到人数", default=0)
    present_households = models.PositiveIntegerField("实到户数", default=0)
    in_favour = models.PositiveIntegerField("赞成人数", default=0)
    published_on = models.DateField("结果公布日期", null=True, blank=True)

    class Meta:
        verbose_name = "会议"
        constraints = [models.UniqueConstraint(fields=["election", "purpose"], name="one_meeting_a_purpose")]


class CommitteeMember(models.Model):
    """A member or reserve of the election committee, with the votes that order the reserves (EC-10)."""

    class Post(models.TextChoices):
        CHAIR = "chair", "主任"
        DEPUTY = "deputy", "副主任"
        MEMBER = "member", "委员"
        RESERVE = "reserve", "候补"

    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="election_committee")
    person = models.ForeignKey("elections.Person", on_delete=models.PROTECT, null=True, related_name="committee_places")
    name = models.CharField("姓名", max_length=160)
    sex = models.CharField("性别", max_length=1, choices=list(SEXES.items()))
    post = models.CharField("职务", max_length=8, choices=Post)
    votes = models.PositiveIntegerField("推选得票")
    left_on = models.DateField("退出日期", null=True, blank=True)
    left_why = models.CharField("退出原因", max_length=120, blank=True)
    replaces = models.ForeignKey(  # whose place he took
        "self", on_delete=models.PROTECT, null=True, related_name="successors", verbose_name="递补"
    )

    class Meta:
        verbose_name = "选举委员会成员"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["election", "person"], name="one_committee_place_a_record"),
            models.UniqueConstraint(fields=["election", "name"], name="one_committee_place_a_person"),
        ]

    def __str__(self) -> str:
        return self.name


class Kinship(models.Model):
    """A declared relation between two persons of a village, beyond one election; rules decide whether it is near (RP-10).

    ``name`` and ``other`` are the labels of the two when it was declared, ``election`` the one in which that was.
    """

    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, null=True, related_name="kinships")
    person = models.ForeignKey("elections.Person", on_delete=models.PROTECT, null=True, related_name="kinships")
    relative = models.ForeignKey("elections.Person", on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField("姓名", max_length=160)
    other = models.CharField("亲属姓名", max_length=160)
    relation = models.CharField("关系（后者是前者的）", max_length=20)
    declared_by = models.CharField("申报人", max_length=100, blank=True)
    declared_on = models.DateField("申报日期", null=True, blank=True)

    class Meta:
        verbose_name = "亲属关系"
        constraints = [
            models.UniqueConstraint(fields=["election", "name", "other"], name="one_relation_a_pair"),
            models.UniqueConstraint(
                fields=["person", "relative"],
                condition=models.Q(person__isnull=False, relative__isnull=False),
                name="one_relation_two_persons",
            ),
            models.CheckConstraint(
                condition=models.Q(person=None) | ~models.Q(person=models.F("relative")),
                name="nobody_ones_own_relative",
            ),
        ]
