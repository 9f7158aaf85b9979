"""Reading the meetings of one election."""

from elections.models import Election, Meeting
from elections.rules.facts import MeetingFacts


def meeting_of(election: Election, purpose: str) -> Meeting | None:
    """Return the meeting that decided ``purpose``, or ``None``."""
    return Meeting.objects.filter(election=election, purpose=purpose).first()


def values_of(meeting: Meeting) -> MeetingFacts:
    """Return a meeting as plain values, saved or not."""
    return MeetingFacts(
        kind=meeting.kind,
        held_on=meeting.held_on,
        adults=meeting.adults,
        households=meeting.households,
        members=meeting.members,
        present=meeting.present,
        present_households=meeting.present_households,
        in_favour=meeting.in_favour,
    )
