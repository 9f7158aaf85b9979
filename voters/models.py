"""The voter roll: voters and what decides for them, files read, published versions, changes, objections (VR-)."""

import json
import uuid
from typing import Any

from django.db import models
from django.utils import timezone

from voters.categories import CAUSES
from voters.eligibility import Omission as OmissionCode

LISTING = "是否列入名单"  # in ``Voter.by_hand``: the listing was decided by a person


class Category(models.TextChoices):
    """The three kinds of people who register (VR-06); a community reads them in its own way (VR-21)."""

    RESIDENT = "CAT1", "户籍在本村且居住"
    ABSENT = "CAT2", "户籍在本村不居住"
    INCOMER = "CAT3", "户籍不在本村居住一年以上"


class Omission(models.TextChoices):
    """Why somebody registered is not on the list (VR-08)."""

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

    ``id_sealed``, ``phone_sealed`` and ``address_sealed`` are ciphertexts bound to this row and field (5.1);
    ``id_index`` is the keyed blind index within the cycle (5.2). Nothing here can be read with the database alone.
    The order of the columns and the few indexes are part of how fast a roll is stored (benchmarks/roll_import.py).
    """

    SEXES = [("M", "男"), ("F", "女")]

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
    sex = models.CharField("性别", max_length=1, choices=SEXES)
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
    )  # after publication every change of this row names a new one: a trigger looks (C65)
    version = models.PositiveIntegerField("版本", default=0, db_default=0)

    class Meta:
        verbose_name = "登记参加选举的村民"
        ordering = ["place", "number", "name", "id"]
        indexes = [
            # Names are looked for by their beginning over a whole county, and met with those of other villages.
            models.Index(
                fields=["cycle", "name"], name="names_of_a_cycle", opclasses=["int8_ops", "varchar_pattern_ops"]
            )
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
    """The facts beside the category that decide for one voter, with their dates (VR-06, VR-08, VR-10)."""

    class Channel(models.TextChoices):
        IN_PERSON = "in_person", "到登记站"
        VISIT = "visit", "登记员上门"
        PHONE = "phone", "电话"
        MESSAGE = "message", "短信、微信"
        AGENT = "agent", "委托他人"
        WRITTEN = "written", "书面"

    voter = models.OneToOneField(Voter, on_delete=models.CASCADE, related_name="facts", primary_key=True)
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


class RollImport(models.Model):
    """One file or paste on its way into the roll, and afterwards what it did.

    The rows as they came wait in ``source_sealed`` and what was repaired in ``repairs_sealed`` (compressed JSON, sealed
    with this row's id) until the roll is published; the file itself is not kept. Everything between is worked out anew
    from them, so a reload, a power cut or a killed worker loses nothing (5.12, UX-43).
    """

    class State(models.TextChoices):
        READING = "reading", "读取中"
        OPEN = "open", "检查中"
        DONE = "done", "已导入"
        UNDONE = "undone", "已撤销"
        DROPPED = "dropped", "已放弃"

    class Kind(models.TextChoices):
        FILE = "file", "上传文件"
        PASTE = "paste", "粘贴"
        LAST_TERM = "last_term", "复制上届名单"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="roll_imports")
    kind = models.CharField("来源", max_length=10, choices=Kind, default=Kind.FILE)
    state = models.CharField("状态", max_length=8, choices=State, default=State.OPEN)
    file_name = models.CharField("文件名", max_length=120)
    file_hash = models.CharField("文件指纹", max_length=64)
    file_sealed = models.BinaryField(editable=False, default=b"")  # while it is read, or has more sheets to choose from
    source_sealed = models.BinaryField(editable=False, default=b"")
    repairs_sealed = models.BinaryField(editable=False, default=b"")
    before_sealed = models.BinaryField(editable=False, default=b"")  # rows as they were: what undoing puts back
    choices = models.TextField("选择", editable=False, default="{}")  # columns, ticks: references only
    summary = models.TextField("结果", editable=False, default="{}")  # canonical JSON: figures, no person
    headings_mark = models.CharField(
        max_length=64, blank=True, editable=False
    )  # which columns a file of this shape has
    job = models.ForeignKey("elections.Job", on_delete=models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField("版本", default=0)
    made_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "名单导入"
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.get_state_display()}"

    @property
    def said(self) -> dict[str, Any]:
        """The figures of the last check."""
        return json.loads(self.summary)


class RollVersion(models.Model):
    """A published roll or supplement: number, N, fingerprint, frozen text of what was posted (VR-12, VR-15)."""

    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="roll_versions")
    number = models.PositiveSmallIntegerField("第几版")  # 1 = the roll, 2… = supplements
    published_on = models.DateField("公布日期")
    place = models.CharField("张贴地点", max_length=120)
    count = models.PositiveIntegerField("登记参加选举人数")
    added = models.PositiveIntegerField("增加", default=0)
    removed = models.PositiveIntegerField("减少", default=0)
    corrected = models.PositiveIntegerField("更正", default=0)
    snapshot = models.TextField("名单", editable=False)  # canonical JSON [[number, group, name, sex, category], …]
    fingerprint = models.CharField("指纹", max_length=64)  # SHA-256 of the snapshot
    made_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "公布的名单"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["election", "number"], name="one_roll_version_a_number")]

    def __str__(self) -> str:
        return f"第{self.number}版"


class RollObjection(models.Model):
    """名单申诉: received within five days, decided within three, the decision published (VR-13…15)."""

    class Decision(models.TextChoices):
        ADD = "add", "增加"
        REMOVE = "remove", "减少"
        CORRECT = "correct", "更正"
        REJECT = "reject", "维持原名单"

    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="roll_objections")
    voter = models.ForeignKey(Voter, on_delete=models.PROTECT, null=True, blank=True, related_name="objections")
    person = models.CharField("申诉涉及的人", max_length=100)
    objector = models.CharField("申诉人", max_length=100)
    matter = models.CharField("申诉内容", max_length=300)
    received_on = models.DateField("收到日期")
    in_time = models.BooleanField("在申诉期限内", default=True)  # a late one may still show an obvious error (VR-16)
    answer_by = models.DateField("处理时限")
    decision = models.CharField("处理决定", max_length=8, choices=Decision, blank=True)
    reason = models.CharField("理由", max_length=300, blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    published_in = models.ForeignKey(RollVersion, on_delete=models.PROTECT, null=True, related_name="objections")
    published_on = models.DateField("决定公布日期", null=True, blank=True)

    class Meta:
        verbose_name = "名单申诉"
        ordering = ["received_on", "pk"]

    def __str__(self) -> str:
        return f"{self.person} {self.received_on}"


class RollChange(models.Model):
    """名单变动: one change of one voter's row by hand — who, when, what, why. The only way once the roll is published.

    ``before_sealed`` and ``after_sealed`` hold what changed (compressed JSON), sealed with this row's id.
    """

    class Kind(models.TextChoices):
        REGISTER = "register", "登记"
        CORRECT = "correct", "更正"
        OMIT = "omit", "移出名单"
        RESTORE = "restore", "列入名单"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="roll_changes")
    voter = models.ForeignKey(Voter, on_delete=models.PROTECT, related_name="changes", db_constraint=False)
    kind = models.CharField("变动", max_length=8, choices=Kind)
    reason = models.CharField("理由", max_length=300, blank=True)
    cause = models.CharField("增加的原因", max_length=16, choices=[(c.value, w) for c, w in CAUSES.items()], blank=True)
    objection = models.ForeignKey(RollObjection, on_delete=models.PROTECT, null=True, related_name="changes")
    after_publication = models.BooleanField("公布后", default=False)
    posted = models.BooleanField("改动公布的内容", default=False)  # a supplement has to tell it (VR-15)
    columns = models.CharField("改动的项目", max_length=200, blank=True)
    before_sealed = models.BinaryField(editable=False, default=b"")
    after_sealed = models.BinaryField(editable=False, default=b"")
    published_in = models.ForeignKey(RollVersion, on_delete=models.PROTECT, null=True, related_name="changes")
    made_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "名单变动"
        ordering = ["-made_at", "id"]

    def __str__(self) -> str:
        return self.get_kind_display()


class Young(models.Model):
    """Somebody in a roll file who is too young for election day: kept under seal in case the day moves (VR-05)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="too_young")
    id_index = models.UUIDField(editable=False)
    birth = models.DateField("出生日期")
    row_sealed = models.BinaryField(editable=False)
    source = models.ForeignKey(RollImport, on_delete=models.PROTECT, related_name="+", db_constraint=False)

    class Meta:
        verbose_name = "未到年龄的人"
        constraints = [models.UniqueConstraint(fields=["election", "id_index"], name="one_young_row_a_person")]

    def __str__(self) -> str:
        return str(self.birth)


class RollExport(models.Model):
    """A list with full numbers that somebody asked for: why, how many rows, who agreed, how often it was taken (C101)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="roll_exports")
    number = models.PositiveIntegerField("份号")
    query = models.CharField("范围", max_length=200, blank=True)  # the filter of the list, as in its address
    rows = models.PositiveIntegerField("人数")
    reason = models.CharField("用途", max_length=200)
    asked_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    taken = models.PositiveIntegerField("下载次数", default=0)

    class Meta:
        verbose_name = "带身份证号的名单"
        ordering = ["-asked_at"]
        constraints = [models.UniqueConstraint(fields=["election", "number"], name="one_export_a_number")]

    def __str__(self) -> str:
        return f"第{self.number}份"


class Tally(models.Model):
    """How often a person did something in one hour that has a limit: looking up full numbers, uploading (C10, C101)."""

    user = models.ForeignKey("elections.User", on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=20)
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "每小时次数"
        constraints = [models.UniqueConstraint(fields=["user", "act", "hour"], name="one_tally_an_hour")]

    def __str__(self) -> str:
        return f"{self.act} {self.count}"
