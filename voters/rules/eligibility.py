"""Eligibility (VR-01…08, VR-21): one person's circumstances → the category, or the reason for leaving them out."""

from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from elections.rules import law
from elections.rules.policy import Policy
from elections.rules.wording import cn_date


class Category(StrEnum):
    CAT1 = "CAT1"
    CAT2 = "CAT2"
    CAT3 = "CAT3"


class Omission(StrEnum):
    """The reason why a person is not on the roll."""

    UNDER_AGE = "UNDER_AGE"
    NO_STATEMENT = "NO_STATEMENT"
    NOT_ONE_YEAR = "NOT_ONE_YEAR"  # nor, for a social worker of a community, six months
    NO_APPLICATION = "NO_APPLICATION"
    NO_CONSENT = "NO_CONSENT"
    LISTED_ELSEWHERE = "LISTED_ELSEWHERE"
    DEPRIVED = "DEPRIVED"
    REFUSED = "REFUSED"
    UNABLE = "UNABLE"
    UNREACHABLE = "UNREACHABLE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The circumstances that decide. `lives_here=None`: not stated. `consent`: the meeting's, or in a community the election
    committee's, agreement. `deprived_until`: the last day of the deprivation of political rights. `unable`: to exercise
    the right because of mental illness, confirmed by the committee. `unreachable`: long absent, nobody knows where."""

    birth: date
    household_here: bool
    lives_here: bool | None = None
    resident_since: date | None = None
    works_here_since: date | None = None
    stated: bool = False
    applied: bool = False
    consent: bool = False
    listed_elsewhere: bool = False
    deprived_until: date | None = None
    written_refusal: bool = False
    unable: bool = False
    unreachable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The election a person is judged for. Without `registration_start` a residence is counted to election day."""

    election_day: date
    registration_start: date | None = None
    community: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """`category` if listed, otherwise `code`; why, in one sentence, and the rule it rests on."""

    category: Category | None
    code: Omission | None
    rule: str
    why: str
    cite: str

    @property
    def listed(self) -> bool:
        return self.category is not None


def anniversary(day: date, years: int) -> date:
    """Return the same day so many years later; 29 February becomes 28 February in a common year (VR-03)."""
    year = day.year + years
    if (day.month, day.day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    return day.replace(year=year)


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def age_on(birth: date, day: date) -> int:
    """Return full years of age on a day (满N周岁)."""
    years = day.year - birth.year
    return years if anniversary(birth, years) <= day else years - 1


def old_enough(birth: date, election_day: date, policy: Policy) -> bool:
    """VR-02: the eighteenth birthday is not after election day; on the day itself it counts unless the pack says no."""
    reached = anniversary(birth, policy.voting_age)
    return reached <= election_day if policy.birthday_counts else reached < election_day


def classify(person: Person, setting: Setting, policy: Policy) -> Listing:
    """Return whether the person is listed and why."""
    barred = _barred(person, setting, policy)
    if barred:
        return barred
    if setting.community:
        return _resident(person, setting, policy)
    return _villager(person, policy) if person.household_here else _incomer(person, setting, policy)


def _barred(person: Person, setting: Setting, policy: Policy) -> Listing | None:
    """Return what keeps anybody off the roll, of whatever category."""
    day = setting.election_day
    if not old_enough(person.birth, day, policy):
        why = f"选举日（{cn_date(day)}）未满{policy.voting_age}周岁"
        return _left_out_for(Omission.UNDER_AGE, "VR-02", law.RIGHT_TO_VOTE, why, setting, policy)
    if person.deprived_until and person.deprived_until >= day:
        why = f"被剥夺政治权利至{cn_date(person.deprived_until)}，选举日仍在期内"
        return _left_out_for(Omission.DEPRIVED, "VR-08", law.RIGHT_TO_VOTE, why, setting, policy)
    if person.listed_elsewhere:
        why = f"已在其他{_place(setting)}登记，只能在一个{_place(setting)}参加选举"
        return _left_out_for(Omission.LISTED_ELSEWHERE, "VR-07", law.ONE_VILLAGE, why, setting, policy)
    if person.written_refusal:
        return _left_out_for(Omission.REFUSED, "VR-08", law.REFUSAL, "经告知后书面表示不参加选举", setting, policy)
    if person.unable:
        why = "因精神疾病不能行使选举权利，经选举委员会确认"
        return _left_out_for(Omission.UNABLE, "VR-08", law.OMISSION, why, setting, policy)
    if person.unreachable and policy.absentee_removal_rule == "on":
        return _left_out_for(Omission.UNREACHABLE, "VR-08", law.OMISSION, "长期外出，无法取得联系", setting, policy)
    return None


def _villager(person: Person, policy: Policy) -> Listing:
    """VR-06, household in the village; the place of living is not in doubt unless it was said."""
    if person.lives_here is not False:
        return _listed_as(Category.CAT1, "户籍在本村并且在本村居住", law.REGISTRATION, policy)
    if person.stated:
        return _listed_as(Category.CAT2, "户籍在本村，不在本村居住，本人表示参加选举", law.REGISTRATION, policy)
    why = "户籍在本村，不在本村居住，本人没有表示参加选举"
    cite = law.cite(law.REGISTRATION, policy.law_version)
    return Listing(None, Omission.NO_STATEMENT, "VR-06", why, cite)


def _incomer(person: Person, setting: Setting, policy: Policy) -> Listing:
    """VR-06, household elsewhere: a year here, their own application, and the meeting's consent."""
    years, work = policy.residence_years, policy.village_work_counts
    year = "一" if years == 1 else str(years)
    since = _here_since(person, work=work)
    if since is None or anniversary(since, years) > _reference_day(setting, policy):
        verbs = "居住或者从事村务工作" if work else "居住"
        return _out_incomer(Omission.NOT_ONE_YEAR, f"户籍不在本村，在本村{verbs}不满{year}年", policy)
    if not person.applied:
        return _out_incomer(Omission.NO_APPLICATION, "户籍不在本村，本人没有申请参加选举", policy)
    if not person.consent:
        return _out_incomer(Omission.NO_CONSENT, "户籍不在本村，没有经村民会议或者村民代表会议同意", policy)
    done = "居住" if since == person.resident_since else "从事村务工作"
    why = f"户籍不在本村，在本村{done}{year}年以上，本人申请并经会议同意"
    return _listed_as(Category.CAT3, why, law.REGISTRATION_OUTSIDER, policy)


def _resident(person: Person, setting: Setting, policy: Policy) -> Listing:
    """VR-21, a community: household or residence with a statement; a social worker with application and consent."""
    lives_here = person.resident_since is not None if person.lives_here is None else person.lives_here
    if person.household_here or lives_here:
        words = "户籍在本社区" if person.household_here else "户籍不在本社区，在本社区常住"
        category = Category.CAT1 if person.household_here else Category.CAT2
        if person.stated:
            return _in_community(category, f"{words}，本人表示参加选举", law.REGISTRATION, policy)
        why = f"{words}，本人没有表示参加选举"
        return _left_out_for(Omission.NO_STATEMENT, "VR-21", law.REGISTRATION, why, setting, policy)
    months, since = policy.social_worker_months, person.works_here_since
    if since is None or months_later(since, months) > _reference_day(setting, policy):
        why = f"户籍不在本社区，不在本社区常住，在本社区工作不满{months}个月"
        return _left_out_for(Omission.NOT_ONE_YEAR, "VR-21", law.REGISTRATION_OUTSIDER, why, setting, policy)
    if not person.applied:
        why = "社区工作者本人没有申请参加选举"
        return _left_out_for(Omission.NO_APPLICATION, "VR-21", law.REGISTRATION_OUTSIDER, why, setting, policy)
    if not person.consent:
        why = "社区工作者的申请没有经选举委员会确认"
        return _left_out_for(Omission.NO_CONSENT, "VR-21", law.REGISTRATION_OUTSIDER, why, setting, policy)
    why = f"社区工作者，在本社区工作{months}个月以上，本人申请并经选举委员会确认"
    return _in_community(Category.CAT3, why, law.REGISTRATION_OUTSIDER, policy)


def _here_since(person: Person, *, work: bool) -> date | None:
    """Return the earlier of living here and, where the edition counts it, working for the village."""
    lived = person.resident_since if person.lives_here is not False else None
    return min((day for day in (lived, person.works_here_since if work else None) if day), default=None)


def _reference_day(setting: Setting, policy: Policy) -> date:
    if policy.residence_ref_day == "election_day":
        return setting.election_day
    return setting.registration_start or setting.election_day


def _place(setting: Setting) -> str:
    return "社区" if setting.community else "村"


def _listed_as(category: Category, why: str, provision: law.Provision, policy: Policy) -> Listing:
    return Listing(category, None, "VR-06", why, law.cite(provision, policy.law_version))


def _in_community(category: Category, why: str, provision: law.Provision, policy: Policy) -> Listing:
    return Listing(category, None, "VR-21", why, law.cite(provision, policy.law_version, residents=True))


def _left_out_for(
    code: Omission, rule: str, provision: law.Provision, why: str, setting: Setting, policy: Policy
) -> Listing:
    return Listing(None, code, rule, why, law.cite(provision, policy.law_version, residents=setting.community))


def _out_incomer(code: Omission, why: str, policy: Policy) -> Listing:
    return Listing(None, code, "VR-06", why, law.cite(law.REGISTRATION_OUTSIDER, policy.law_version))
