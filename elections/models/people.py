"""Accounts and appointments: one person, one account; what they may do follows from role × area."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone


class Role(models.TextChoices):
    COUNTY = "county", "县委组织部（县换届办）"
    TOWNSHIP = "township", "镇换届办"
    VILLAGE = "village", "村民选举委员会"
    VETTING = "vetting", "联审单位"
    AUDITOR = "auditor", "审计组"
    INSPECTOR = "inspector", "督导组"
    LEADER = "leader", "领导"
    ADMIN = "admin", "系统管理员"


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields) -> User:
        user = self.model(username=User.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """One person. There is no shared account and no super-user: an administrator has no data role."""

    class FontScale(models.TextChoices):
        NORMAL = "normal", "标准"
        LARGE = "large", "大"
        LARGER = "larger", "特大"

    username = models.CharField("账号", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=100)
    is_active = models.BooleanField("启用", default=True)
    font_scale = models.CharField("字号", max_length=10, choices=FontScale, default=FontScale.NORMAL)
    date_joined = models.DateTimeField("开户时间", default=timezone.now)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        verbose_name = "账号"

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name


class Appointment(models.Model):
    """A role (职责) in an area, from a day until a day. Withdrawn, it ends with the next request."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField("角色", max_length=10, choices=Role)
    area = models.ForeignKey("elections.Area", on_delete=models.PROTECT, related_name="appointments")
    department = models.CharField("单位", max_length=40, blank=True)
    since = models.DateField("起", default=timezone.localdate)
    until = models.DateField("止", null=True, blank=True)

    class Meta:
        verbose_name = "职责"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "area"], condition=models.Q(until__isnull=True), name="one_open_appointment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()} {self.area}"
