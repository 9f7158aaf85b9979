"""The sentences beside each name: why elected, why not (house rule 1)."""

from dataclasses import dataclass

from elections.rules import law
from elections.rules.counting.posts import Office
from elections.rules.counting.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Reasons:
    """The words for one verdict under one edition of the law."""

    verdict: Verdict
    edition: int

    def why(self, office: Office, name: str, total: int) -> str:
        """Why this person is elected to this office."""
        needed = self.verdict.contest.needed
        words = [f"得{total}票", needed.reached]
        if needed.provision is law.RERUN_THIRD:
            words.append("得票较多")
        if self._went_first(office, name):
            words.append("委员中应当有妇女，先行当选")
        return "，".join(words)

    def cite(self, office: Office, name: str) -> str:
        """The provisions it rests on."""
        rests_on = [self.verdict.contest.needed.provision]
        if self._went_first(office, name):
            rests_on.append(law.WOMEN_PRIORITY)
        residents = self.verdict.contest.poll.for_residents
        return "；".join(law.cite(each, self.edition, residents=residents) for each in rests_on)

    def why_not(self, office: Office, name: str, total: int) -> str:
        """Why this person is not elected to this office."""
        needed = self.verdict.contest.needed
        void = self._void(office, name)
        if void:
            return f"{void}，所得{total}票无效"
        if not needed.passes(total):
            return f"得{total}票，{needed.missed}"
        return f"得{total}票，{self._kept_out(office, name, total)}"

    def _kept_out(self, office: Office, name: str, total: int) -> str:
        verdict, needed = self.verdict, self.verdict.contest.needed
        kin = sorted(verdict.contest.kin.among(name, (seat.name for seat in verdict.sitting)))
        if kin:
            return f"{needed.reached}，但与当选的{'、'.join(kin)}有近亲属关系，应当回避"
        if self._gave_way(office, total):
            return f"{needed.reached}，但委员中应当有妇女，名额先留给妇女"
        return f"{needed.reached}，但得票少于当选的人" if needed.need is not None else needed.missed

    def _void(self, office: Office, name: str) -> str | None:
        poll = self.verdict.contest.poll
        person = poll.person(name)
        if not person.on_roll:
            return "不在登记参加选举的名单上"
        if person.barred:
            return "属于不得作为候选人的情形"
        if name in {seat.name for seat in poll.seated}:
            return "在此前的投票中已经当选"
        if any(poll.can_hold(name, post) for post in self.verdict.posts(office)):
            return None
        women = not person.is_woman and all(post.for_women for post in self.verdict.posts(office))
        return "名额只能由妇女当选" if women else "不是本次投票的候选人"

    def _went_first(self, office: Office, name: str) -> bool:
        return office is Office.MEMBER and name in self.verdict.first

    def _gave_way(self, office: Office, total: int) -> bool:
        """WN-02, WN-03: votes would have been enough, had no place gone to a woman."""
        if office in self.verdict.reserved:
            return True
        totals = self.verdict.contest.totals[office]
        return any(self._went_first(office, woman) and totals[woman] < total for woman in self.verdict.sure[office])
