"""Sealed fields and the blind index: what a stolen database cannot tell.

A sealed value is `algorithm (1 byte) ‖ key version (2 bytes) ‖ nonce (12 bytes) ‖ ciphertext and tag`. Table, row
and field are authenticated with it, so that a ciphertext moved to another row or column is unreadable. The blind
index is a keyed hash under a second key: equal numbers meet within one purpose, nothing can be guessed without the key.
"""

import hashlib
import hmac
import os
import re
import struct
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from typing import Any, Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hmac import HMAC
from django.conf import settings

HEADER = struct.Struct(">BH")  # algorithm, key version
NONCE_BYTES = 12
TAG_BYTES = 16
SHORTEST = HEADER.size + NONCE_BYTES + TAG_BYTES
SHA256_BLOCK = 64  # bytes


class Unreadable(ValueError):
    """The value is damaged, stands in another row or field, or its key is not here. Never says more."""


class PersonalData(ValueError):
    """A number of a person stands where none may stand: a fault of the program, not of the user."""


class Aead(Protocol):
    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...
    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes: ...


class Sm4Gcm:
    """SM4-GCM in the manner of `AESGCM`, for sites under the 国密 profile."""

    def __init__(self, key: bytes) -> None:
        self._cipher = algorithms.SM4(hmac.digest(key, b"sm4-gcm", "sha256")[:16])

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        encryptor = Cipher(self._cipher, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data or b"")
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        decryptor = Cipher(self._cipher, modes.GCM(nonce, data[-TAG_BYTES:])).decryptor()
        decryptor.authenticate_additional_data(associated_data or b"")
        return decryptor.update(data[:-TAG_BYTES]) + decryptor.finalize()


def _sha256(key: bytes, data: bytes) -> bytes:
    return hmac.digest(key, data, "sha256")


def _sm3(key: bytes, data: bytes) -> bytes:
    mac = HMAC(key, hashes.SM3())
    mac.update(data)
    return mac.finalize()


CIPHERS: dict[int, type[AESGCM] | type[Sm4Gcm]] = {1: AESGCM, 2: Sm4Gcm}
MACS: dict[str, Callable[[bytes, bytes], bytes]] = {"sha256": _sha256, "sm3": _sm3}
PROFILES = {"standard": (1, "sha256"), "guomi": (2, "sm3")}  # settings.CRYPTO_PROFILE; old values stay readable


def profile() -> tuple[int, str]:
    """Return the cipher (key of `CIPHERS`) and the MAC (key of `MACS`) with which new values are made."""
    return PROFILES[getattr(settings, "CRYPTO_PROFILE", "standard")]


@lru_cache(maxsize=64)
def _aead(algorithm: int, key: bytes) -> Aead:
    return CIPHERS[algorithm](key)


def _current() -> tuple[bytes, Aead]:
    """Return the header and the cipher for new values."""
    version = max(settings.ID_KEYS["encrypt"])
    algorithm = profile()[0]
    return HEADER.pack(algorithm, version), _aead(algorithm, settings.ID_KEYS["encrypt"][version])


def _place(table: str, field: str) -> tuple[bytes, bytes]:
    return f"|{table}|".encode(), f"|{field}".encode()


def seal(plain: str, *, table: str, row: UUID, field: str) -> bytes:
    """Encrypt one value for one field of one row. The row must have its UUID already."""
    return seal_many([(row, plain)], table=table, field=field)[0]


def seal_many(values: Iterable[tuple[UUID, str]], *, table: str, field: str) -> list[bytes]:
    """Encrypt `(row, plain)` pairs of one field, in order."""
    header, aead = _current()
    before, after = _place(table, field)
    before = header + before
    pairs = list(values)
    nonces = os.urandom(NONCE_BYTES * len(pairs))  # one call for all: it costs more than the encryption of one
    sealed, encrypt = [], aead.encrypt
    for (row, plain), start in zip(pairs, range(0, len(nonces), NONCE_BYTES), strict=True):
        nonce = nonces[start : start + NONCE_BYTES]
        sealed.append(header + nonce + encrypt(nonce, plain.encode(), before + row.bytes + after))
    return sealed


def unseal(sealed: bytes | memoryview, *, table: str, row: UUID, field: str) -> str:
    """Decrypt what `seal` made for the same place; raise `Unreadable` otherwise."""
    return unseal_many([(row, sealed)], table=table, field=field)[0]


def unseal_many(values: Iterable[tuple[UUID, bytes | memoryview]], *, table: str, field: str) -> list[str]:
    """Decrypt `(row, sealed)` pairs of one field, in order; raise `Unreadable` at the first that cannot be read."""
    before, after = _place(table, field)
    keys = settings.ID_KEYS["encrypt"]
    plain = []
    for row, value in values:
        sealed = bytes(value)
        if len(sealed) < SHORTEST:
            raise Unreadable("sealed value is too short")
        algorithm, version = HEADER.unpack_from(sealed)
        if algorithm not in CIPHERS or version not in keys:
            raise Unreadable(f"no key version {version} for algorithm {algorithm}")
        body = HEADER.size + NONCE_BYTES
        place = sealed[: HEADER.size] + before + row.bytes + after
        try:
            text = _aead(algorithm, keys[version]).decrypt(sealed[HEADER.size : body], sealed[body:], place)
        except InvalidTag:
            raise Unreadable("sealed value does not belong here or is damaged") from None
        plain.append(text.decode())
    return plain


def is_current(sealed: bytes | memoryview) -> bool:
    """Return whether the value was made with the key and algorithm now in use (rotation re-seals the others)."""
    return bytes(sealed[: HEADER.size]) == _current()[0]


# --- The blind index ------------------------------------------------------------------------------

UNSEEN = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")


def canonical(number: str) -> str:
    """Fold full-width digits, spaces, invisible characters and a small x: one number has one index."""
    return UNSEEN.sub("", unicodedata.normalize("NFKC", number)).upper()


def keyed_digest(purpose: str, data: bytes, *, version: int | None = None) -> bytes:
    """Return 32 bytes that only the holder of the index key can compute; purposes never meet."""
    keys = settings.ID_KEYS["index"]
    key = keys[max(keys) if version is None else version]
    return MACS[profile()[1]](key, purpose.encode() + b"\0" + data)


def mac_under(key: bytes) -> Callable[[bytes], bytes]:
    """Return the MAC under one key, for many values: HMAC-SHA256 (RFC 2104) hashes the key's own two blocks only
    once."""
    algorithm = profile()[1]
    if algorithm != "sha256":
        return partial(MACS[algorithm], key)
    block = (key if len(key) <= SHA256_BLOCK else hashlib.sha256(key).digest()).ljust(SHA256_BLOCK, b"\0")
    inner, outer = (hashlib.sha256(bytes(byte ^ pad for byte in block)) for pad in (0x36, 0x5C))

    def mac(data: bytes) -> bytes:
        first, last = inner.copy(), outer.copy()
        first.update(data)
        last.update(first.digest())
        return last.digest()

    return mac


def blind_index(purpose: str, number: str, *, version: int | None = None) -> UUID:
    """Return the blind index of an id number or phone: 128 bits of the keyed digest.

    The purpose names what may meet whom, e.g. `f"id:{cycle.pk}"`: numbers of two cycles never meet.
    """
    return blind_indexes(purpose, [number], version=version)[0]


def blind_indexes(purpose: str, numbers: Iterable[str], *, version: int | None = None) -> list[UUID]:
    """Return the blind indexes of many numbers, in order; raise `ValueError` when one is empty."""
    keys = settings.ID_KEYS["index"]
    mac = mac_under(keys[max(keys) if version is None else version])
    prefix = purpose.encode() + b"\0"
    folded = [number if number.isascii() and number.isdigit() else canonical(number) for number in numbers]
    if not all(folded):
        raise ValueError("an empty number has no index")
    return [UUID(bytes=mac(prefix + number.encode())[:16]) for number in folded]


# --- Where no number of a person may stand --------------------------------------------------------

MONTH_AND_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
ID_NUMBER = re.compile(  # 18 digits, in groups or not, and the 15 digits of before 1999
    rf"(?<!\d)(?:\d{{6}}[ -]?(?:18|19|20)\d\d{MONTH_AND_DAY}[ -]?\d{{3}}[\dX]|\d{{8}}{MONTH_AND_DAY}\d{{3}})(?!\d)",
    re.I,
)
PHONE = re.compile(r"(?<!\d)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)")
REFERENCE = re.compile(r"[0-9a-f]{32,64}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)  # a UUID or a digest


def refuse_personal_numbers(value: Any) -> None:
    """Raise `PersonalData` when an id number or a mobile number stands anywhere in a JSON-like value.

    For journal lines, job arguments and whatever else outlives its reason or is read by many.
    """
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    if isinstance(value, (list, tuple, set, frozenset)):
        for item in value:
            refuse_personal_numbers(item)
        return
    text = unicodedata.normalize("NFKC", str(value))
    if REFERENCE.fullmatch(text):
        return
    if ID_NUMBER.search(text) or (isinstance(value, str) and PHONE.search(text)):
        raise PersonalData("an id number or phone number may not be written here")
