"""Which passwords are refused, in Chinese, and how the others are kept."""

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from elections.models import Area


@pytest.fixture
def village(db):
    return Area.objects.create(code="990100101201", name="石门村", kind=Area.Kind.VILLAGE)


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("clover-7-hay", None),  # twelve characters
        ("clover-7-ha", "密码至少 12 个字符，现在是 11 个。"),
        ("qwertyuiop123", "这个密码太常见了。"),
        ("482915360718", "密码只包含数字。"),
        ("clover19850312", "密码里不要含有出生日期，如 19850312。"),
        ("clover19851312", None),  # no thirteenth month
        ("clover石门村2026", "密码里不要含有地名“石门”或它的拼音。"),
        ("clover-ShiMen-26", "密码里不要含有地名“石门”或它的拼音。"),
    ],
)
def test_weak_passwords_are_refused_with_the_reason(village, password, message):
    assert _refusals(password) == ([message] if message else [])


def _refusals(password: str) -> list[str]:
    try:
        validate_password(password)
    except ValidationError as refusal:
        return refusal.messages
    return []


def test_passwords_are_kept_by_argon2id_of_the_size_for_small_servers(settings):
    settings.PASSWORD_HASHERS = ["config.passwords.Argon2id"]
    assert make_password("clover-7-hay").startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
