"""Ways of voting: proxies in force, ballots brought home, helpers — as the papers and the gates ask for them.

Who stands as a candidate is not asked here: a proxy that ends by candidacy is ended in the act that makes the candidate.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from elections.journal import reference
from elections.models import Election, JournalEntry, Posting
from elections.rules.counting.kin import NEAR
from elections.rules.election_committee import WORDS
from voters.models import HelpedVoter, ProxyVote, RovingVoter, Voter

OTHER = "other"  # of relations: no relative
NOTICE = "proxy"  # key of the public list of proxies


def proxies_of(election: Election) -> QuerySet[ProxyVote]:
    """Return every proxy ever recorded, in the order of the numbers."""
    return ProxyVote.objects.filter(election=election).select_related("principal", "agent")


def proxies_in_force(election: Election) -> QuerySet[ProxyVote]:
    """Return those that hold now."""
    return proxies_of(election).filter(ended_on=None)


def proxies_by_agent(election: Election) -> list[tuple[Voter, list[ProxyVote]]]:
    """Return agents in the order of the roll, each with what they hold."""
    found: dict[Voter, list[ProxyVote]] = {}
    for each in proxies_in_force(election).order_by("agent__number", "number"):
        found.setdefault(each.agent, []).append(each)
    return list(found.items())


def proxy_list_posted(election: Election) -> date | None:
    """Return the last day on which the list was put up."""
    last = _last_posting(election)
    return last.posted_on if last else None


def _last_posting(election: Election) -> Posting | None:
    return Posting.objects.filter(election=election, key=NOTICE).order_by("posted_on", "pk").last()


def proxies_ended_since(election: Election) -> int:
    """Return proxies that stand on the list as it was put up and have ended since (VT-12): it should be put up anew."""
    last = _last_posting(election)
    if last is None:
        return 0
    noted = _noted_at(last)
    gone = proxies_of(election).filter(ended_on__gte=last.posted_on, made_at__lte=noted)
    acts = JournalEntry.objects.filter(obj__in=[reference(each) for each in gone], at__gt=noted)
    return acts.values("obj").distinct().count()


def _noted_at(posting: Posting) -> datetime:
    """Return when the posting was entered: of one day, what came before it stands on the list, what came after does
    not."""
    entries = JournalEntry.objects.filter(area_code=posting.election.village_id, obj=reference(posting))
    return entries.order_by("seq").values_list("at", flat=True).first() or timezone.now()


def proxy_list_dated(election: Election) -> date:
    """Return the day of the list as it stands: that of the last change."""
    made, ended = zip(*proxies_of(election).values_list("made_at", "ended_on"), strict=True)
    return max([timezone.localdate(each) for each in made] + [each for each in ended if each])


def roving_voters(election: Election) -> QuerySet[RovingVoter]:
    """Return those to whom the box comes, as long as they are on the list (VT-03)."""
    return RovingVoter.objects.filter(election=election, voter__listed=True).select_related("voter")


def roving_by_route(election: Election) -> list[tuple[str, list[RovingVoter]]]:
    """Return the routes in order, each with its people in the order of the roll (notice 12)."""
    found: dict[str, list[RovingVoter]] = {}
    for each in roving_voters(election).order_by("route", "voter__number"):
        found.setdefault(each.route, []).append(each)
    return list(found.items())


def helped_voters(election: Election) -> QuerySet[HelpedVoter]:
    """Return those who have somebody write for them, as long as they are on the list (VT-14)."""
    return HelpedVoter.objects.filter(election=election, voter__listed=True).select_related("voter")


def relation_words(election: Election) -> dict[str, str]:
    """Return what an agent may be to the principal, near relatives first; a word that stands for two keys is offered
    once."""
    ranked = sorted(WORDS, key=lambda key: key not in NEAR)
    words = {key: WORDS[key] for key in ranked if key not in (OTHER, "brother_in_law")}
    return words | {OTHER: f"{'本社区' if election.village.is_community else '本村'}其他选民"}


def relation_word(election: Election, relation: str) -> str:
    return relation_words(election).get(relation, WORDS["sister_in_law"])
