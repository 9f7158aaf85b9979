"""The report on a file, for people and programs: figures and masked faults, no person behind them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from voters.models import Figures
from voters.rules.faults import Fault, Level
from voters.spreadsheet import FileFault


@dataclass(frozen=True)
class RowFault:
    """A fault and the row of the file in which it stands."""

    row: int
    fault: Fault

    def as_json(self) -> dict[str, Any]:
        fault = self.fault
        return {
            "row": self.row,
            "column": fault.column,
            "code": fault.code,
            "level": fault.level.value,
            "value": fault.value,
            "message": fault.message,
        }


@dataclass
class Report:
    """``read`` = new + changed + same + refused + to_check. ``refused`` counts those under age and the skipped too."""

    read: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    to_check: int = 0
    under_age: int = 0
    skipped: int = 0
    not_listed: dict[str, int] = field(default_factory=dict)  # of new and changed: why they are not on the list
    cleaned: dict[str, int] = field(default_factory=dict)  # column → how many cells were tidied up
    faults: list[RowFault] = field(default_factory=list)
    committed: bool = False
    known: bool = False  # this very file was imported before
    error: str = ""  # code of the whole-file fault

    def figures(self) -> dict[str, int]:
        """Return the five figures of the interface."""
        return {name: getattr(self, name) for name in ("read", "new", "changed", "same", "refused", "to_check")}

    def summary(self) -> Figures:
        """Return what is kept: figures and how often each fault occurred, nobody's row."""
        codes = Counter(f"{each.fault.level.value}:{each.fault.code}" for each in self.faults)
        return Figures(
            **self.figures(),
            under_age=self.under_age,
            skipped=self.skipped,
            not_listed=self.not_listed,
            cleaned=self.cleaned,
            codes=dict(codes),
            known=self.known,
        )

    def as_json(self) -> dict[str, Any]:
        said = {**self.figures(), "under_age": self.under_age, "not_listed": self.not_listed}
        said |= {"committed": self.committed, "known": self.known}
        if self.error:
            said["error"] = self.error
        return {**said, "faults": [each.as_json() for each in self.faults]}

    @classmethod
    def of_file(cls, fault: FileFault) -> Report:
        """Return the report on a file that could not be read at all."""
        whole = Fault("", fault.code.value, Level.ERROR, "", str(fault))
        return cls(error=fault.code.value, faults=[RowFault(0, whole)])
