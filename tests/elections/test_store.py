"""Files by their hash: whole or not there."""

import errno
import hashlib
import os
import resource
import stat
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from elections.documents import store

PAPER = b"%PDF-1.7 result"


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def files(media: Path) -> list[Path]:
    return sorted(path for path in media.rglob("*") if path.is_file())


def test_bytes_come_back_under_their_hash(media):
    digest = store.put(PAPER)
    assert digest == hashlib.sha256(PAPER).hexdigest()
    assert store.get(digest) == PAPER
    assert files(media) == [media / "blobs" / digest[:2] / digest]


def test_only_the_site_may_read_them(media):
    path = store.path_of(store.put(PAPER))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_same_bytes_are_kept_once(media):
    path = store.path_of(store.put(PAPER))
    before = path.stat().st_ino
    assert store.path_of(store.put(PAPER)) == path
    assert (path.stat().st_ino, len(files(media))) == (before, 1)


def test_eight_writers_of_the_same_bytes_leave_one_file(media):
    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(store.put, [PAPER] * 8))) == 1
    assert len(files(media)) == 1


def test_a_changed_file_is_noticed_and_written_anew():
    digest = store.put(PAPER)
    store.path_of(digest).write_bytes(b"forged")
    with pytest.raises(store.Damaged):
        store.get(digest)
    assert store.get(store.put(PAPER)) == PAPER


def test_a_file_that_is_gone_is_told():
    with pytest.raises(store.Damaged):
        store.get("0" * 64)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "0" * 63, "G" * 64, "A" * 64, "0" * 64 + "\n"])
def test_what_is_no_digest_is_no_path(name):
    with pytest.raises(ValueError, match="SHA-256"):
        store.path_of(name)


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond `size` bytes: a real refusal by the system."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_leaves_no_half_file_and_works_again_with_room(media):
    data = os.urandom(2_000_000)
    with room_for(1_000_000), pytest.raises(store.NoRoom, match="请检查磁盘空间"):
        store.put(data)
    assert files(media) == []
    assert store.get(store.put(data)) == data


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_disk_that_fills_at_any_step_leaves_nothing(media, monkeypatch, call):
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(*((os, "fsync", full) if call == "fsync" else (Path, "replace", full)))
    with pytest.raises(store.NoRoom) as error:
        store.put(PAPER)
    assert (error.value.errno, files(media)) == (errno.ENOSPC, [])


def test_drafts_of_killed_processes_are_swept_after_a_day(media):
    digest = store.put(PAPER)
    folder = store.path_of(digest).parent
    old, new = folder / f"a{store.DRAFT}", folder / f"b{store.DRAFT}"
    for draft in (old, new):
        draft.write_bytes(b"half")
    os.utime(old, (time.time() - store.DRAFTS_KEPT - 1,) * 2)
    assert store.sweep() == 1
    assert files(media) == sorted([store.path_of(digest), new])
