"""Key text: what is read, what is refused, and that a key file is made once and privately."""

import base64
import stat

import pytest

from config import keys

A, B, C, D = (base64.b64encode(bytes([number]) * 32).decode() for number in range(4))
GOOD = f"encrypt:1:{A}\nindex:1:{B}\njournal:1:{C}\n"


def test_three_purposes_are_read():
    assert keys.parse(GOOD) == {"encrypt": {1: b"\0" * 32}, "index": {1: b"\1" * 32}, "journal": {1: b"\2" * 32}}


def test_commas_serve_an_environment_variable():
    assert keys.parse(GOOD.replace("\n", ",")) == keys.parse(GOOD)


def test_two_versions_stand_side_by_side_during_rotation():
    assert sorted(keys.parse(f"{GOOD}encrypt:2:{D}")["encrypt"]) == [1, 2]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no key for encrypt, index, journal"),
        (f"encrypt:1:{A}\nindex:1:{B}\n", "no key for journal"),
        (f"{GOOD}encrypt:1:{D}", "key 4: encrypt version 1 is given twice"),
        (f"{GOOD}index:2:{A}", "the same key is used twice; every purpose and version needs its own"),
        (f"encrypt:1:{A[:-1]}", "key 1: not base64"),
        (f"encrypt:1:{base64.b64encode(b'x' * 31).decode()}", "key 1: 31 bytes instead of 32"),
        (f"other:1:{A}", "key 1: expected purpose:version:base64, purpose one of encrypt, index, journal"),
        (f"encrypt:one:{A}", "key 1: expected purpose:version:base64, purpose one of encrypt, index, journal"),
    ],
)
def test_what_cannot_be_used_is_refused_without_telling_a_key(text, message):
    with pytest.raises(keys.KeysError) as refusal:
        keys.parse(text)
    assert str(refusal.value) == message


def test_a_generated_text_is_usable_and_new_each_time():
    assert keys.parse(keys.generate()) != keys.parse(keys.generate())


def test_a_key_file_is_made_once_and_only_for_its_owner(tmp_path):
    path = tmp_path / "id_keys"
    first = keys.read_or_create(path, keys.generate)
    assert keys.read_or_create(path, keys.generate) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["id_keys"]
