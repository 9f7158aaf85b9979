"""Files by the hash of their bytes: whole or not there, never changed, never named by a person."""

import hashlib
import os
import re
import time
import uuid
from pathlib import Path

from django.conf import settings

from elections.crash_points import crash_point

DIGEST = re.compile(r"[0-9a-f]{64}")
DRAFT = ".draft"
DRAFTS_KEPT = 24 * 60 * 60  # seconds


class NoRoom(OSError):
    """The bytes could not be written; nothing of them is left behind."""


class Damaged(ValueError):
    """The file under a digest is missing, or is not what was put there."""


def put(data: bytes) -> str:
    """Keep the bytes; return their SHA-256. The same bytes are kept once. Raises `NoRoom`."""
    digest = hashlib.sha256(data).hexdigest()
    path = path_of(digest)
    if not _holds(path, digest):
        write(path, data)
    return digest


def get(digest: str) -> bytes:
    """Return the bytes kept under a digest; raise `Damaged` when they are not there or not the same."""
    path = path_of(digest)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise Damaged(f"{digest} is not in the store") from None
    if hashlib.sha256(data).hexdigest() != digest:
        raise Damaged(f"{digest} was changed in the store")
    return data


def path_of(digest: str) -> Path:
    """Return where the bytes of a digest stand; `ValueError` when it is not a digest."""
    if not DIGEST.fullmatch(digest):
        raise ValueError("not a SHA-256 in hexadecimal")
    return settings.MEDIA_ROOT / "blobs" / digest[:2] / digest


def write(path: Path, data: bytes) -> None:
    """Write a file that is either whole under its name or not there, also after a power cut. Raises `NoRoom`."""
    draft = path.with_name(f"{path.name}.{uuid.uuid4().hex}{DRAFT}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        crash_point("store.before_rename")
        draft.replace(path)
        _sync(path.parent)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise NoRoom(error.errno, "文件没有保存，请检查磁盘空间后重试。") from error


def sweep() -> int:
    """Remove drafts that a killed process left behind; return how many."""
    before = time.time() - DRAFTS_KEPT
    old = [draft for draft in settings.MEDIA_ROOT.glob(f"blobs/*/*{DRAFT}") if draft.stat().st_mtime < before]
    for draft in old:
        draft.unlink(missing_ok=True)
    return len(old)


def _holds(path: Path, digest: str) -> bool:
    """Return whether the file is there and right: one that was damaged is written again."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == digest
    except FileNotFoundError:
        return False


def _sync(folder: Path) -> None:
    """Make the new name last: without this a power cut may forget it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
