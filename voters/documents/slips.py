"""委托书 and 委托投票证: one page a proxy, the upper half for the file, the lower half to take along."""

from __future__ import annotations

from collections.abc import Iterable

from elections.documents.heading import heading
from elections.documents.typeset import typeset
from elections.models import Election
from voters.models import ProxyVote
from voters.selectors.register import slip_of

LAYOUT = "documents/proxy_slip.typ"


def slips_pdf(election: Election, proxies: Iterable[ProxyVote]) -> bytes:
    """Return the slips as one PDF. They tell of the moment and are not kept: what is recorded stands in the
    register."""
    slips = [slip_of(election, each) for each in proxies]
    return typeset(LAYOUT, {"head": heading(election), "slips": slips, "limit": election.policy.proxy_max})
