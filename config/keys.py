"""Secret keys: the site's own secret and the keys for id numbers and the journal.

Key text, from `ID_KEYS` or a file, one key a line (or separated by commas):

    purpose:version:base64 of 32 bytes

Purposes: `encrypt` (AES-256-GCM of id numbers and phones), `index` (blind index),
`journal` (MAC of the journal). The highest version of a purpose is in use; older ones
only read. The three purposes never share a key.
"""

import base64
import binascii
import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path

PURPOSES = ("encrypt", "index", "journal")
KEY_BYTES = 32

Keys = dict[str, dict[int, bytes]]


class KeysError(ValueError):
    """The key text cannot be used; the message never contains a key."""


def parse(text: str) -> Keys:
    """Return `{purpose: {version: key}}`; raise `KeysError` when a key is missing, short or named twice."""
    keys: Keys = {purpose: {} for purpose in PURPOSES}
    for number, line in enumerate(text.replace(",", "\n").split(), start=1):
        purpose, version, key = _parse_line(number, line)
        if version in keys[purpose]:
            raise KeysError(f"key {number}: {purpose} version {version} is given twice")
        keys[purpose][version] = key
    _refuse_missing_or_shared(keys)
    return keys


def _parse_line(number: int, line: str) -> tuple[str, int, bytes]:
    purpose, _, rest = line.partition(":")
    version, _, encoded = rest.partition(":")
    if purpose not in PURPOSES or not version.isdecimal():
        raise KeysError(f"key {number}: expected purpose:version:base64, purpose one of {', '.join(PURPOSES)}")
    try:
        key = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        raise KeysError(f"key {number}: not base64") from None
    if len(key) != KEY_BYTES:
        raise KeysError(f"key {number}: {len(key)} bytes instead of {KEY_BYTES}")
    return purpose, int(version), key


def _refuse_missing_or_shared(keys: Keys) -> None:
    missing = [purpose for purpose in PURPOSES if not keys[purpose]]
    if missing:
        raise KeysError(f"no key for {', '.join(missing)}")
    values = [key for versions in keys.values() for key in versions.values()]
    if len(set(values)) != len(values):
        raise KeysError("the same key is used twice; every purpose and version needs its own")


def generate() -> str:
    """Return the key text of a new site."""
    lines = (f"{purpose}:1:{base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}" for purpose in PURPOSES)
    return "\n".join(lines) + "\n"


def read_or_create(path: Path, make: Callable[[], str]) -> str:
    """Return the text of a private file, made at the first start by `make()` (mode 0600, never overwritten)."""
    if not path.exists():
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(make())
        # A link either makes the whole file or fails: two first starts agree on one key.
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text(encoding="ascii")


if __name__ == "__main__":  # python -m config.keys > id_keys
    print(generate(), end="")
