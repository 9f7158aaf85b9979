"""名单更正补充: what became of the roll since it was last posted, with the reason of each change (VR-15)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass, field

from elections.models import Election
from elections.rules.kinds import SEXES
from voters.models import RollChange, RollLine, RollObjection, RollVersion, Voter
from voters.rules.categories import category_words
from voters.rules.eligibility import Category
from voters.selectors.lines import lines, mark_of
from voters.selectors.roll import listed, published_versions


@dataclass(frozen=True)
class Entry:
    """One line of a supplement: as it is (or was), as it was, why."""

    number: int
    group: str
    name: str
    sex: str
    category: str
    was: dict[str, str] = field(default_factory=dict)
    reason: str = ""

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """Word, before, after: of a correction."""
        return [(LABELS[name], _shown(name, old), _shown(name, getattr(self, name))) for name, old in self.was.items()]


@dataclass(frozen=True)
class Supplement:
    """Added, removed, corrected, the decisions on objections, and the new N."""

    added: list[Entry]
    removed: list[Entry]
    corrected: list[Entry]
    decisions: list[RollObjection]
    count: int

    @property
    def empty(self) -> bool:
        return not (self.added or self.removed or self.corrected or self.decisions)

    @property
    def seen(self) -> str:
        """A mark of what the page shows of it."""
        parts = (self.added, self.removed, self.corrected)
        decided = [(each.pk, each.decision) for each in self.decisions]
        return mark_of(*([astuple(entry) for entry in entries] for entries in parts), decided, self.count)


WORDS = RollLine._fields
LABELS = {"group": "组别", "name": "姓名", "sex": "性别", "category": "登记类型"}


def _shown(name: str, value: str) -> str:
    if name == "sex":
        return SEXES[value]
    return value or "未分组"


def waiting_supplement(election: Election) -> Supplement | None:
    """Return what a supplement would say now; ``None`` before the roll is published."""
    last = published_versions(election).last()
    if last is None:
        return None
    now = lines(list(listed(election).exclude(number=None).only(*WORDS)))
    decided = RollObjection.objects.filter(election=election, published_in=None).exclude(decided_on=None)
    before = _in_words(last.lines, election)
    return _compare(before, _in_words(now, election), _reasons(election), list(decided))


def numbers_to_tell(election: Election) -> frozenset[int]:
    """Return numbers of the roll that do not stand on it as they were posted last: what a supplement has to tell
    (VR-15)."""
    last = published_versions(election).last()
    if last is None:
        return frozenset()
    now = listed(election).exclude(number=None).only("listed", *WORDS)
    return numbers_to_tell_among(now, last.lines, election)


def numbers_to_tell_among(voters: Iterable[Voter], posted: list[RollLine], election: Election) -> frozenset[int]:
    """Return the same of voters who have a number, compared with what was posted."""
    now = _in_words(lines([each for each in voters if each.listed]), election)
    old, new = ({line[0]: line for line in each} for each in (_in_words(posted, election), now))
    return frozenset(number for number in old.keys() | new.keys() if old.get(number) != new.get(number))


def published_supplement(version: RollVersion) -> Supplement:
    """Return what a supplement said, for ever, from the two texts that were posted."""
    before = RollVersion.objects.get(election=version.election_id, number=version.number - 1)
    told = version.changes.select_related("voter", "objection")
    reasons = {change.voter.number: _words(change) for change in told if change.voter.number}
    old, new = (_in_words(each.lines, version.election) for each in (before, version))
    return _compare(old, new, reasons, list(version.objections.all()))


def _in_words(found: list[RollLine], election: Election) -> list[RollLine]:
    """Return posted lines with the class in the words of the place (VR-21)."""
    words = category_words(community=election.village.is_community)
    return [line._replace(category=words[Category(line.category)]) for line in found]


def _compare(
    before: list[RollLine], after: list[RollLine], reasons: dict[int, str], decisions: list[RollObjection]
) -> Supplement:
    old, new = {line.number: line for line in before}, {line.number: line for line in after}
    added = [_entry(line, reasons) for number, line in new.items() if number not in old]
    removed = [_entry(line, reasons) for number, line in old.items() if number not in new]
    corrected = [
        _entry(line, reasons, old[number]) for number, line in new.items() if number in old and old[number] != line
    ]
    return Supplement(added, removed, corrected, decisions, len(new))


def _entry(line: RollLine, reasons: dict[int, str], old: RollLine | None = None) -> Entry:
    was = {word: getattr(old, word) for word in WORDS if getattr(old, word) != getattr(line, word)} if old else {}
    return Entry(*line, was=was, reason=reasons.get(line.number, ""))


def _reasons(election: Election) -> dict[int, str]:
    """Return number → why, of changes that no supplement has told yet; the last word counts."""
    waiting = RollChange.objects.filter(election=election, after_publication=True, published_in=None)
    found = waiting.select_related("voter", "objection").order_by("made_at")
    return {change.voter.number: _words(change) for change in found if change.voter.number}


def _words(change: RollChange) -> str:
    return change.reason or (change.objection.reason if change.objection else "")
