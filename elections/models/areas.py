"""Areas: counties, townships and villages under their statistical codes (DIV-01, DIV-02)."""

from django.core.validators import RegexValidator
from django.db import models

CODE_LENGTHS = {"county": 6, "township": 9, "village": 12}


class Area(models.Model):
    """A county (6 digits), a township (9) or a village (12). The code is the path: a prefix is the scope."""

    class Kind(models.TextChoices):
        COUNTY = "county", "县（市、区）"
        STREET = "street", "街道"
        TOWN = "town", "镇"
        TOWNSHIP = "township", "乡"
        VILLAGE = "village", "村"
        COMMUNITY = "community", "社区"

    code = models.CharField(
        "统计用区划代码", max_length=12, primary_key=True, validators=[RegexValidator(r"^(\d{6}|\d{9}|\d{12})$")]
    )
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类别", max_length=10, choices=Kind)
    population = models.PositiveIntegerField("户籍人口", null=True, blank=True)
    households = models.PositiveIntegerField("户数", null=True, blank=True)
    party_members = models.PositiveIntegerField("党员", null=True, blank=True)
    leader = models.CharField("联系领导", max_length=50, blank=True)
    liaison = models.CharField("包村干部", max_length=50, blank=True)
    phone = models.CharField("办公电话", max_length=30, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = "村（社区）和上级"

    def __str__(self) -> str:
        return self.name

    @property
    def is_village(self) -> bool:
        return len(self.code) == CODE_LENGTHS["village"]

    @property
    def is_community(self) -> bool:
        """社区 and 居民 instead of 村 and 村民: wording, not a second set of pages."""
        return self.kind == self.Kind.COMMUNITY

    @property
    def township_code(self) -> str:
        return self.code[:9]

    @property
    def county_code(self) -> str:
        return self.code[:6]

    @property
    def people(self) -> str:
        return "居民" if self.is_community else "村民"

    @property
    def villagers_committee_name(self) -> str:
        return f"{self.people}委员会"
