"""People who registered, the evidence about each, and those still too young (VR-01…08)."""

import uuid

from django.db import models

from elections.rules.kinds import SEXES
from voters.rules.eligibility import Omission as OmissionCode

LISTING = "是否列入名单"  # in ``Voter.by_hand``: the listing was decided by a person


class Category(models.TextChoices):
    """The three kinds of people who register (VR-06); a community reads them in its own way (VR-21)."""

    RESIDENT = "CAT1", "户籍在本村且居住"
    ABSENT = "CAT2", "户籍在本村不居住"
    INCOMER = "CAT3", "户籍不在本村居住一年以上"


class Omission(models.TextChoices):
    """The reason why a registered person is not on the list (VR-08)."""

    UNDER_AGE = OmissionCode.UNDER_AGE.value, "选举日未满18周岁"
    NO_STATEMENT = OmissionCode.NO_STATEMENT.value, "本人没有表示参加"
    NOT_ONE_YEAR = OmissionCode.NOT_ONE_YEAR.value, "居住或工作时间不够"
    NO_APPLICATION = OmissionCode.NO_APPLICATION.value, "本人没有申请"
    NO_CONSENT = OmissionCode.NO_CONSENT.value, "没有经会议同意"
    LISTED_ELSEWHERE = OmissionCode.LISTED_ELSEWHERE.value, "已在其他村登记"
    DEPRIVED = OmissionCode.DEPRIVED.value, "被剥夺政治权利"
    REFUSED = OmissionCode.REFUSED.value, "书面表示不参加"
    UNABLE = "UNABLE", "因精神疾病不能行使选举权利"
    UNREACHABLE = "UNREACHABLE", "长期外出无法联系"
    DIED = "DIED", "死亡"
    MOVED = "MOVED", "户籍迁出"
    DUPLICATE = "DUPLICATE", "重复登记"


class Voter(models.Model):
    """One person registered, or left out with a reason, in one election.

    ``id_sealed``, ``phone_sealed`` and ``address_sealed`` are ciphertexts bound to this row and field;
    ``id_index`` is the keyed blind index within the cycle. Nothing here can be read with the database alone.
    The order of the columns and the few indexes are part of how fast a roll is stored (benchmarks/roll_import.py).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    election = models.ForeignKey(
        "elections.Election", on_delete=models.PROTECT, related_name="voters", db_index=False
    )  # served by the first unique index
    cycle = models.ForeignKey(
        "elections.Cycle", on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )  # the election's, which has the constraint
    id_index = models.UUIDField(editable=False)
    number = models.PositiveIntegerField("名单序号", null=True, blank=True)  # given at publication, never reused
    name = models.CharField("姓名", max_length=100)
    initials = models.CharField("拼音首字母", max_length=40, blank=True)
    sex = models.CharField("性别", max_length=1, choices=list(SEXES.items()))
    birth = models.DateField("出生日期")
    ethnicity = models.CharField("民族", max_length=20, blank=True)
    group = models.CharField("村民小组", max_length=40, blank=True)
    household = models.CharField("户号", max_length=40, blank=True)
    place = models.CharField(max_length=100, blank=True, editable=False)  # group and household as they sort: 2组 < 10组
    party = models.CharField("政治面貌", max_length=20, blank=True)
    category = models.CharField("登记类型", max_length=4, choices=Category)
    stated = models.BooleanField("本人表示参加", default=False)
    remark = models.CharField("备注", max_length=200, blank=True)
    id_sealed = models.BinaryField(editable=False)
    phone_sealed = models.BinaryField(editable=False, default=b"")
    address_sealed = models.BinaryField(editable=False, default=b"")
    listed = models.BooleanField("列入名单", default=True)
    omission = models.CharField("不列入原因", max_length=20, choices=Omission, blank=True)
    evidence = models.CharField("依据", max_length=200, blank=True, default="", db_default="")
    checked = models.BooleanField("已核对户口簿", default=False)
    in_force = models.BooleanField(
        default=True, db_default=True, editable=False
    )  # False once the election was annulled and begun anew
    by_hand = models.CharField(
        "手工改过的项目", max_length=200, blank=True, default="", db_default=""
    )  # column names joined by 、
    row_mark = models.UUIDField(null=True, editable=False)  # keyed mark of the file's row; empty once changed by hand
    source = models.ForeignKey(
        "voters.RollImport",
        on_delete=models.PROTECT,
        null=True,
        related_name="voters",
        db_index=False,
        db_constraint=False,
    )  # the file that brought this row or changed it last
    last_change = models.ForeignKey(
        "voters.RollChange", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )  # after publication every change of this row names a new one: a trigger looks
    version = models.PositiveIntegerField("版本", default=0, db_default=0)

    class Meta:
        verbose_name = "登记参加选举的村民"
        ordering = ["place", "number", "name", "id"]
        indexes = [
            # Names are looked for by their beginning over a whole county, and met with those of other villages.
            models.Index(
                fields=["cycle", "name"], name="names_of_a_cycle", opclasses=["int8_ops", "varchar_pattern_ops"]
            ),
            # Few: those whom a township has to look into (VR-07).
            models.Index(
                fields=["election"], condition=models.Q(omission="LISTED_ELSEWHERE"), name="listed_in_another_village"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["election", "id_index"], name="one_row_a_person_and_election"),
            models.UniqueConstraint(
                fields=["cycle", "id_index"],
                condition=models.Q(listed=True, in_force=True),
                name="one_listing_a_person_and_cycle",
            ),
            models.UniqueConstraint(
                fields=["election", "number"], condition=models.Q(number__isnull=False), name="one_number_a_roll"
            ),
            models.CheckConstraint(
                condition=models.Q(listed=True, omission="") | models.Q(listed=False) & ~models.Q(omission=""),
                name="left_out_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Evidence(models.Model):
    """The circumstances beside the category that decide for one voter, with their dates (VR-06, VR-08, VR-10)."""

    class Channel(models.TextChoices):
        IN_PERSON = "in_person", "到登记站"
        VISIT = "visit", "登记员上门"
        PHONE = "phone", "电话"
        MESSAGE = "message", "短信、微信"
        AGENT = "agent", "委托他人"
        WRITTEN = "written", "书面"

    voter = models.OneToOneField(
        "voters.Voter", on_delete=models.CASCADE, related_name="circumstances", primary_key=True
    )
    stated_on = models.DateField("表示参加的日期", null=True, blank=True)
    stated_by = models.CharField("表示的方式", max_length=10, choices=Channel, blank=True)
    stated_to = models.CharField("记录人", max_length=50, blank=True)
    resident_since = models.DateField("在本村居住起始日期", null=True, blank=True)
    works_since = models.DateField("在本村从事村务工作起始日期", null=True, blank=True)
    applied_on = models.DateField("本人申请日期", null=True, blank=True)
    consent_on = models.DateField("会议同意日期", null=True, blank=True)
    consent_by = models.CharField("同意的会议", max_length=60, blank=True)
    home_note_on = models.DateField("户籍地未登记证明日期", null=True, blank=True)
    deprived_until = models.DateField("剥夺政治权利至", null=True, blank=True)
    refused_on = models.DateField("书面表示不参加的日期", null=True, blank=True)

    class Meta:
        verbose_name = "登记依据"


class Young(models.Model):
    """Somebody in a roll file who is too young for election day: kept under seal in case the day moves (VR-05)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="too_young")
    id_index = models.UUIDField(editable=False)
    birth = models.DateField("出生日期")
    row_sealed = models.BinaryField(editable=False)
    source = models.ForeignKey("voters.RollImport", on_delete=models.PROTECT, related_name="+", db_constraint=False)

    class Meta:
        verbose_name = "未到年龄的人"
        constraints = [models.UniqueConstraint(fields=["election", "id_index"], name="one_young_row_a_person")]

    def __str__(self) -> str:
        return str(self.birth)
