"""The table of papers: kind → title, number, issuer, provision, deadline, what it needs, template."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from candidates.selectors.formal import formal_list_of
from elections.documents.fingerprint import Snapshot, facts_of
from elections.models import CommitteeMember, Election, Round
from elections.rules import law
from elections.selectors.meetings import meeting_of
from office.papers import snapshots
from voters.selectors.polling import helped_voters, proxies_in_force, roving_voters
from voters.selectors.published import numbers_of_supplements
from voters.selectors.roll import published_versions

TEMPLATE_VERSION = 3  # of all templates together; part of every fingerprint


@dataclass(frozen=True)
class Need:
    """A fact without which the paper cannot be made: the sentence, and the address where it is filled in."""

    text: str
    page: str
    met: Callable[[Election], bool]


@dataclass(frozen=True)
class Kind:
    """One row of the catalogue."""

    key: str
    number: str  # of the notice in its series; data, not code
    title: str  # {village} {people} {committee} are replaced
    issuer: str
    provision: law.Provision
    deadline: str
    needs: tuple[Need, ...]
    gather: Callable[..., Snapshot]  # (election), or (election, version)
    long: bool = False  # hundreds of lines: typeset, not laid out as HTML
    versions: Callable[[Election], list[int]] | None = None  # of what is published again and again, each for ever

    @property
    def template(self) -> str:
        return f"documents/{self.key}.{'typ' if self.long else 'html'}"

    def versions_of(self, election: Election) -> list[int]:
        """Return the numbers of a paper that there is for each version of something; empty for all others."""
        return self.versions(election) if self.versions else []

    def facts(self, election: Election, version: int = 0) -> Snapshot:
        """Return the facts as they are; of one version as they were published, the newest for 0."""
        if self.versions is None:
            return self.gather(election)
        return self.gather(election, version or self.versions(election)[-1])

    def missing(self, election: Election) -> tuple[Need, ...]:
        """Return what still has to be filled in, listed before anybody prints."""
        return tuple(need for need in self.needs if not need.met(election))

    def version_in(self, snapshot: str) -> int:
        """Return which version a paper tells, 0 for a kind that has none."""
        return facts_of(snapshot)["version"] if self.versions else 0

    def issuer_of(self, snapshot: str) -> str:
        """Return who signs, in the words of the snapshot: the outgoing committee or the election committee."""
        facts = facts_of(snapshot)
        return self.issuer.format(people=facts["people"], committee=facts["committee"])

    def title_of(self, election: Election) -> str:
        """Return the title in the words of a village or a community."""
        village = election.village
        return self.title.format(
            village=village.name, people=village.people, committee=village.villagers_committee_name
        )


def _has_election_committee(election: Election) -> bool:
    return CommitteeMember.objects.filter(election=election, left_on=None, post="chair").exists()


def _has_round(election: Election) -> bool:
    return Round.objects.filter(election=election).exclude(confirmed_at=None).exists()


# fmt: off
CATALOGUE = (
    Kind("ec_list", "2", "{village}{people}选举委员会名单公告", "{committee}", law.EC_PUBLISHED, "ec_list", (
            Need("还没有登记推选选举委员会的会议", "election_committee", lambda e: meeting_of(e, "committee") is not None),
            Need("选举委员会还没有主任", "election_committee", _has_election_committee),
         ), snapshots.election_committee_list),
    Kind("roll", "4", "{village}登记参加选举的{people}名单公告", "{people}选举委员会", law.ROLL_PUBLISHED, "roll", (
            Need("选民名单还没有公布", "roll", lambda e: published_versions(e).exists()),
         ), snapshots.roll, long=True, versions=lambda e: [1]),
    Kind("roll_fix", "4-1", "{village}选民名单更正补充公告", "{people}选举委员会", law.ROLL_CHANGES, "roll_fix", (
            Need("名单公布后还没有更正补充", "roll_supplement", lambda e: bool(numbers_of_supplements(e))),
         ), snapshots.roll_supplement, versions=numbers_of_supplements),
    Kind("formal", "9", "{village}{committee}正式候选人名单公告", "{people}选举委员会", law.FORMAL_LIST, "formal", (
            Need("正式候选人名单还没有公布", "candidates_publish", lambda e: formal_list_of(e) is not None),
         ), snapshots.formal_candidates_list),
    Kind("mobile", "12", "{village}流动票箱投票人员名单公告", "{people}选举委员会", law.MOBILE_BOX, "mobile", (
            Need("还没有登记流动票箱投票人员", "roving", lambda e: roving_voters(e).exists()),
         ), snapshots.roving_list),
    Kind("proxy", "13", "{village}委托投票名单公告", "{people}选举委员会", law.PROXY_LIST, "proxy", (
            Need("还没有登记委托投票", "proxies", lambda e: proxies_in_force(e).exists()),
         ), snapshots.proxy_list),
    Kind("helper", "14", "{village}代写人员名单公告", "{people}选举委员会", law.HELPER, "helper", (
            Need("还没有登记代写人", "helpers", lambda e: helped_voters(e).exists()),
         ), snapshots.helper_list),
    Kind("result", "17", "{village}{committee}选举结果公告", "{people}选举委员会", law.RESULT_POSTED, "result", (
            Need("投票结果还没有确认", "count", _has_round),
         ), snapshots.result),
)
# fmt: on
BY_KEY = {kind.key: kind for kind in CATALOGUE}
