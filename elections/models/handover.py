"""Facts of the last stage: the itemised list, three signatures, the archive (RS-05, RS-06, RS-15)."""

from django.db import models


class HandoverItem(models.Model):
    """One line of the handover list (移交清单)."""

    class Category(models.TextChoices):
        SEAL = "seal", "印章"
        OFFICE = "office", "办公场所和用具"
        CASH = "cash", "现金和银行存款"
        ACCOUNT = "account", "账簿凭证"
        ASSET = "asset", "固定资产"
        CONTRACT = "contract", "合同"
        DEBT = "debt", "债权债务"
        LAND = "land", "土地和资源"
        ARCHIVE = "archive", "档案"
        PROJECT = "project", "未了事项"
        OTHER = "other", "其他"

    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="handover_items")
    category = models.CharField("类别", max_length=10, choices=Category)
    name = models.CharField("名称", max_length=100)
    quantity = models.DecimalField("数量", max_digits=12, decimal_places=2)
    unit = models.CharField("单位", max_length=10)
    value = models.DecimalField("金额（元）", max_digits=14, decimal_places=2, null=True, blank=True)
    place = models.CharField("存放地点", max_length=100, blank=True)
    remark = models.CharField("备注", max_length=200, blank=True)

    class Meta:
        verbose_name = "移交项目"
        ordering = ["category", "pk"]


class Handover(models.Model):
    """The signatures: hander-over, receiver, election committee presiding; the township supervises."""

    election = models.OneToOneField("elections.Election", on_delete=models.PROTECT, related_name="handover")
    giver = models.CharField("移交人签字", max_length=50)
    receiver = models.CharField("接收人签字", max_length=50)
    presider = models.CharField("选举委员会主持人签字", max_length=50)
    supervisor = models.CharField("镇（街道）监督人", max_length=50, blank=True)
    completed_on = models.DateField("移交完成日期")

    class Meta:
        verbose_name = "移交签字"


class ArchiveItem(models.Model):
    """One kind of paper in the archive box (档案目录)."""

    election = models.ForeignKey("elections.Election", on_delete=models.PROTECT, related_name="archive_items")
    kind = models.CharField("材料", max_length=40)
    pages = models.PositiveSmallIntegerField("页数")
    keeper = models.CharField("保管人", max_length=50)
    filed_on = models.DateField("归档日期")

    class Meta:
        verbose_name = "归档材料"
        constraints = [models.UniqueConstraint(fields=["election", "kind"], name="one_archive_line_a_kind")]
