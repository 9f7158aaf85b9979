"""Rows of a large table, packed: two hundred thousand of them as lists would fill the memory of a small server."""

from __future__ import annotations

import marshal
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, islice
from typing import Any, overload

Row = tuple[int, list[Any]]  # number in the file, cells
ROWS_A_PIECE = 2_000


class Rows(Sequence[Row]):
    """A sequence of rows that unpacks a piece at a time; what is read of it is not kept."""

    __slots__ = ("counts", "ends", "pieces")

    def __init__(self, pieces: Iterable[tuple[int, bytes]]) -> None:
        """``pieces``: how many rows each holds, and these packed by :func:`pack`."""
        self.counts: list[int] = []
        self.pieces: list[bytes] = []
        for count, piece in pieces:
            self.counts.append(count)
            self.pieces.append(piece)
        self.ends = list(accumulate(self.counts))

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Rows:
        return cls(pack(rows))

    def __len__(self) -> int:
        return self.ends[-1] if self.ends else 0

    def __iter__(self) -> Iterator[Row]:
        for piece in self.pieces:
            yield from _unpacked(piece)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        if isinstance(place, slice):
            start, stop, step = place.indices(len(self))
            return [self[each] for each in range(start, stop, step)] if step != 1 else self._between(start, stop)
        at = place + len(self) if place < 0 else place
        if not 0 <= at < len(self):
            raise IndexError(place)
        return self._between(at, at + 1)[0]

    def _between(self, start: int, stop: int) -> list[Row]:
        first = bisect_right(self.ends, start)
        before = self.ends[first - 1] if first else 0
        rows = (row for piece in self.pieces[first:] for row in _unpacked(piece))
        return list(islice(rows, start - before, max(stop, start) - before))

    def after(self, count: int) -> Rows:
        """Return all but the first so many."""
        first = bisect_right(self.ends, count)
        if first == len(self.pieces):
            return Rows(())
        rest = zip(self.counts[first + 1 :], self.pieces[first + 1 :], strict=True)
        return Rows([*pack(self._between(count, self.ends[first])), *rest])


def pack(rows: Iterable[Row]) -> Iterator[tuple[int, bytes]]:
    """Return pieces of rows, each with how many it holds."""
    coming = iter(rows)
    while piece := list(islice(coming, ROWS_A_PIECE)):
        yield len(piece), marshal.dumps(piece)


def _unpacked(piece: bytes) -> list[Row]:
    return marshal.loads(piece)  # noqa: S302  packed by our own program
