"""Reading JSON values strictly: each key has a kind, and a key nobody reads is refused in plain words."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any


class Refusal(ValueError):
    """A question that cannot be understood; the message is for people."""


class _Missing:
    """Marks a key that has no default."""


_MISSING: Any = _Missing()


class Reader:
    """One JSON object. Every `read` remembers its key; `finish` refuses what nobody asked for."""

    def __init__(self, data: Any, where: str):
        if not isinstance(data, Mapping):
            raise Refusal(f"{where} 应当是一组“键：值”")
        self._data, self._where, self._known = data, where, set[str]()

    def has(self, key: str) -> bool:
        self._known.add(key)
        return key in self._data

    def peek(self, key: str) -> Any:
        return self._data.get(key)

    def text(self, key: str, default: str = _MISSING) -> str:
        value: str = self._take(key, default, lambda value: isinstance(value, str), "文字")
        return value

    def flag(self, key: str, default: bool = _MISSING) -> bool:
        value: bool = self._take(key, default, lambda value: isinstance(value, bool), "true 或者 false")
        return value

    def count(self, key: str, default: int | None = _MISSING) -> Any:
        """Return a whole number from 0 upwards."""
        return self._take(key, default, _is_count, "不小于0的整数")

    def one_of(self, key: str, allowed: Sequence[str], default: str = _MISSING) -> Any:
        return self._take(key, default, lambda value: value in allowed, "、".join(allowed) + "之一")

    def mapping(self, key: str, default: Mapping[str, Any] = _MISSING) -> Mapping[str, Any]:
        value: Mapping[str, Any] = self._take(key, default, lambda value: isinstance(value, Mapping), "一组“键：值”")
        return value

    def rows(self, key: str, default: Sequence[Any] = _MISSING) -> Sequence[Any]:
        value: Sequence[Any] = self._take(key, default, lambda value: isinstance(value, list | tuple), "一个列表")
        return value

    def names(self, key: str, default: Sequence[str] = _MISSING) -> Sequence[str]:
        value: Sequence[str] = self._take(key, default, _are_names, "一个姓名或者代码的列表")
        return value

    def number(self, key: str, default: float = _MISSING) -> Any:
        return self._take(key, default, _is_number, "数字")

    def counts(self) -> dict[str, int]:
        """Return the whole object as name → whole number."""
        return {name: self.count(name) for name in self._data}

    def finish(self) -> None:
        """Raise `Refusal` if a key was never asked for."""
        unknown = [str(key) for key in self._data if key not in self._known]
        if unknown:
            raise Refusal(f"{self._where} 中有不认识的键：{'、'.join(unknown)}")

    def _take(self, key: str, default: Any, fits: Any, kind: str) -> Any:
        if not self.has(key):
            if default is _MISSING:
                raise Refusal(f"{self._where} 缺少 {key}")
            return default
        value = self._data[key]
        if not fits(value):
            raise Refusal(f"{self._where} 的 {key} 应当是{kind}")
        return value


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _are_names(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)
