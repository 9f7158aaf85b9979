"""Does a count sheet add up? The impossible cannot be confirmed; what makes the vote invalid is said first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from elections.rules.counting.majority import threshold
from elections.rules.counting.offices import Office
from elections.rules.counting.poll import Places, Poll, Round, Votes
from elections.rules.kinds import Labelled
from elections.rules.policy import Policy


class State(Labelled):
    """The relation of two figures to each other."""

    OK = "ok", "相符"
    BAD = "bad", "不符"
    OPEN = "open", "未齐"


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures about the ballots as they stand on the paper; None: not typed yet, which is not nought."""

    issued_in_person: int | None = None
    issued_by_proxy: int | None = None
    returned: int | None = None
    invalid: int | None = None
    blank: int | None = None

    @property
    def issued(self) -> int | None:
        """I (VT-19)."""
        return _sum(self.issued_in_person, self.issued_by_proxy)

    def valid(self, policy: Policy) -> int | None:
        """Return the ballots on which votes can stand: blank ones are among them unless the pack calls them invalid."""
        off = _sum(self.invalid, self.blank) if policy.blank_ballot_class == "invalid" else self.invalid
        return None if self.returned is None or off is None else max(self.returned - off, 0)


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the 核对栏: what is compared, how it stands, and the sentence when it does not agree.

    ``over``: by how many. ``blocks``: the sheet cannot be confirmed like this."""

    label: str
    value: str
    state: State
    text: str = ""
    over: int = 0
    blocks: bool = False


def checks(
    figures: Figures, votes: Votes, openings: Sequence[Places], registered: int, policy: Policy
) -> tuple[Check, ...]:
    """Return every comparison, in the order of the paper. ``openings``: those of the contest."""
    ballots = (_issued(figures, registered), _returned(figures), _valid(figures, policy))
    return (*ballots, *_offices(figures, votes, openings, policy))


def votes_needed(kind: str, returned: int | None, policy: Policy) -> int | None:
    """Return the line on the paper: votes one needs; None in a second vote, or before the ballots are counted."""
    return None if returned is None else threshold(Poll(round=cast(Round, kind), returned=returned), policy).need


def _issued(figures: Figures, registered: int) -> Check:
    issued = figures.issued
    if issued is None:
        return Check("发出选票", "--", State.OPEN)
    over = issued - registered
    if over > 0:
        text = f"发出选票{issued}张，多于登记参加选举的{registered}人，请重新清点"
        return Check("发出选票", str(issued), State.BAD, text, over, blocks=True)
    return Check("发出选票", str(issued), State.OK, f"不多于登记参加选举的{registered}人")


def _returned(figures: Figures) -> Check:
    """CT-01: more returned than issued is no slip of typing alone: it makes the vote invalid."""
    returned, issued = figures.returned, figures.issued
    if returned is None or issued is None:
        return Check("收回选票", _or_dashes(returned), State.OPEN)
    if returned > issued:
        text = f"收回{returned}张，多于发出{issued}张，请重新清点；清点无误的，本次投票无效"
        return Check("收回选票", str(returned), State.BAD, text, returned - issued)
    return Check("收回选票", str(returned), State.OK, f"不多于发出的{issued}张")


def _valid(figures: Figures, policy: Policy) -> Check:
    off, valid = _sum(figures.invalid, figures.blank), figures.valid(policy)
    if off is None or valid is None or figures.returned is None:
        return Check("有效票", _or_dashes(valid), State.OPEN)
    over = off - figures.returned
    if over > 0:
        text = f"无效票{figures.invalid}张、弃权票{figures.blank}张，合计多于收回的{figures.returned}张，请重新核对"
        return Check("有效票", str(valid), State.BAD, text, over, blocks=True)
    text = f"收回{figures.returned}张，其中无效{figures.invalid}张、弃权{figures.blank}张"
    return Check("有效票", str(valid), State.OK, text)


def _offices(figures: Figures, votes: Votes, openings: Sequence[Places], policy: Policy) -> Iterator[Check]:
    seats: dict[Office, int] = {}
    for opening in openings:
        seats[opening.office] = seats.get(opening.office, 0) + opening.seats
    for office, places in seats.items():
        yield _office(office.label, votes.get(office, {}), places, figures.valid(policy))


def _office(label: str, votes: Mapping[str, int], places: int, valid: int | None) -> Check:
    """The sum is at most valid ballots × seats; nobody has more votes than there are valid ballots."""
    total, what = sum(votes.values()), f"{label}票合计"
    if valid is None or not votes:
        return Check(what, str(total), State.OPEN)
    over = total - valid * places
    if over > 0:
        text = f"{what}{total}，超过上限{valid * places}（有效票{valid}×应选{places}），多{over}票，请先核对{label}一栏"
        return Check(what, str(total), State.BAD, text, over, blocks=True)
    for name, count in votes.items():
        if count > valid:
            text = f"{label}：{name}得{count}票，多于有效票{valid}张，请先核对这一格"
            return Check(what, str(total), State.BAD, text, count - valid, blocks=True)
    return Check(what, str(total), State.OK, f"不超过{valid * places}（有效票{valid}×应选{places}）")


def _sum(*parts: int | None) -> int | None:
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


def _or_dashes(figure: int | None) -> str:
    return "--" if figure is None else str(figure)
