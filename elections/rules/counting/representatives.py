"""The lawful composition of a representatives' meeting (RP-01, RC-07)."""

from elections.rules.counting.majority import at_least, share_words
from elections.rules.policy import Policy


def why_not_so_composed(
    villagers_committee: int, representatives: int, women: int, policy: Policy, *, residents: bool = False
) -> str | None:
    """None, or why the meeting is not lawfully composed.

    Both shares are taken of the whole meeting, committee members included; residents have no women's share."""
    whole, reasons = villagers_committee + representatives, []
    if not representatives:
        return "没有代表"
    if women > representatives:
        return f"妇女代表{women}人多于代表{representatives}人，请核对"
    if not at_least(representatives, policy.representatives_share, whole):
        share = share_words(policy.representatives_share)
        reasons.append(f"代表{representatives}人，不足组成人员{whole}人的{share}")
    if not residents and not at_least(women, policy.women_representatives_share, whole):
        share = share_words(policy.women_representatives_share)
        reasons.append(f"妇女代表{women}人，不足组成人员{whole}人的{share}")
    return "；".join(reasons) or None
