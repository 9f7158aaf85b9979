"""The voter roll: voters, imports, published versions, objections (VR-)."""

import uuid

from django.db import models
from django.utils import timezone


class Voter(models.Model):
    """One person registered, or left out with a reason, in one election.

    ``id_sealed``, ``phone_sealed`` and ``address_sealed`` are ciphertexts bound to this row and field (5.1);
    ``id_index`` is the keyed blind index within the cycle (5.2). Nothing here can be read with the database alone.
    """

    class Category(models.TextChoices):
        RESIDENT = "CAT1", "户籍在本村且居住"
        ABSENT = "CAT2", "户籍在本村不居住"
        INCOMER = "CAT3", "户籍不在本村居住一年以上"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="voters")
    cycle = models.ForeignKey("elections.Cycle", on_delete=models.PROTECT, related_name="+")
    village = models.ForeignKey("elections.Area", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("名单序号", null=True, blank=True)  # given at publication, never reused
    name = models.CharField("姓名", max_length=100)
    initials = models.CharField("拼音首字母", max_length=40, blank=True)
    sex = models.CharField("性别", max_length=1, choices=[("M", "男"), ("F", "女")])
    birth = models.DateField("出生日期")
    ethnicity = models.CharField("民族", max_length=20, blank=True)
    group = models.CharField("村民小组", max_length=40, blank=True)
    household = models.CharField("户号", max_length=40, blank=True)
    party = models.CharField("政治面貌", max_length=20, blank=True)
    category = models.CharField("登记类型", max_length=4, choices=Category)
    stated = models.BooleanField("本人表示参加", default=False)
    remark = models.CharField("备注", max_length=200, blank=True)
    id_sealed = models.BinaryField(editable=False)
    id_index = models.CharField(max_length=64, editable=False)
    phone_sealed = models.BinaryField(editable=False, default=b"")
    address_sealed = models.BinaryField(editable=False, default=b"")
    listed = models.BooleanField("列入名单", default=True)
    omission = models.CharField("不列入原因", max_length=20, blank=True)
    evidence = models.CharField("依据", max_length=200, blank=True)
    checked = models.BooleanField("已核对户口簿", default=False)
    by_hand = models.BooleanField("手工改过", default=False)
    version = models.PositiveIntegerField("版本", default=0)

    class Meta:
        verbose_name = "登记参加选举的村民"
        ordering = ["group", "household", "number", "name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["election", "id_index"], name="one_row_a_person_and_election"),
            models.UniqueConstraint(
                fields=["cycle", "id_index"], condition=models.Q(listed=True), name="one_listing_a_person_and_cycle"
            ),
        ]
        indexes = [models.Index(fields=["election", "name"])]

    def __str__(self) -> str:
        return self.name


class RollImport(models.Model):
    """One file read into the roll: counts and masked faults; the file itself is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="roll_imports")
    file_name = models.CharField("文件名", max_length=120)
    file_hash = models.CharField("文件指纹", max_length=64)
    summary = models.TextField("结果", editable=False)  # canonical JSON: read, new, changed, same, refused, faults
    committed = models.BooleanField("已入库", default=False)
    made_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "名单导入"
        ordering = ["-made_at"]


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
    fingerprint = models.CharField("指纹", max_length=64)
    made_by = models.ForeignKey("elections.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "公布的名单"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["election", "number"], name="one_roll_version_a_number")]


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
    answer_by = models.DateField("处理时限")
    decision = models.CharField("处理决定", max_length=8, choices=Decision, blank=True)
    reason = models.CharField("理由", max_length=300, blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    published_in = models.ForeignKey(RollVersion, on_delete=models.PROTECT, null=True, related_name="objections")
    published_on = models.DateField("决定公布日期", null=True, blank=True)

    class Meta:
        verbose_name = "名单申诉"
        ordering = ["received_on", "pk"]
