"""The numbers of the law and of local practice: one frozen value, read from the literate files in config/policies.

A pack (`national-2025.toml`) names its parent and only what it changes. The root pack must set every key below; a key
nobody knows, a value of the wrong kind or a circle of parents is a `PolicyError`, and a system check loads every pack,
so that such a file stops start-up. `policy.sources[key]` says where a number comes from and whether it has been checked
against the official text (`confirmed=False` → 待核对 on the screen).
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from elections.rules import law

FOLDER = Path(__file__).resolve().parents[2] / "config" / "policies"
DEFAULT = "national-2025"

Severity = Literal["block", "advise"]
Firmness = Literal["off", "warn", "forbid"]


class PolicyError(ValueError):
    """A pack or an override that cannot be used; the message is for people."""


@dataclass(frozen=True, slots=True)
class Source:
    """The source of a number: a citation or a text's name, and whether the official text was checked."""

    text: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """One head of the negative list (负面清单, NM-06, NM-09): `block` shuts out, `advise` asks for a decision."""

    code: str
    severity: Severity
    rule: str
    words: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a closed list that a county may change: a code for tables, words for people."""

    code: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Every number and choice that rules may read. Days are calendar days, shares are exact fractions."""

    name: str
    title: str
    sources: Mapping[str, Source]

    # Edition, place, term
    law_version: Literal[2018, 2025]
    province_code: str
    term_no: int
    term_years: int
    county_dept_name: str

    # Working order of the whole
    party_first: bool
    plan_required: bool
    training_required: bool
    talks_required: bool

    # Audit
    audit_publications_min: int
    audit_publication_days: int

    # Election committee
    ec_size_min: int
    ec_size_max: int
    ec_size_odd: Firmness
    ec_min_working: int
    ec_kin_rule: Firmness

    # Meetings and representatives
    village_meeting_households: Fraction
    representatives_quorum: Fraction
    group_quorum: Fraction
    representatives_share: Fraction
    women_representatives_share: Fraction
    representatives_households_min: int
    representatives_households_max: int
    residents_households_min: int
    residents_households_max: int

    # Voter registration
    voting_age: int
    residence_years: int
    social_worker_months: int
    roll_post_min_days: int
    roll_post_advised_days: int
    roll_objection_days: int
    roll_answer_days: int
    day_count_excludes_start: bool
    birthday_counts: bool
    residence_ref_day: Literal["registration_start", "election_day"]
    village_work_counts: bool
    absentee_removal_rule: Literal["off", "on"]

    # Posts, nomination, candidates
    committee_size_min: int
    committee_size_max: int
    residents_size_min: int
    residents_size_max: int
    committee_size_odd: bool
    committee_min_seated: int
    seat_plan_approval: Literal["village_decides_and_files", "township_approves"]
    nominators: tuple[str, ...]
    residents_joint_nominators: int
    candidate_surplus_per_post: int
    women_mode: Literal["A_priority", "B_reserved_post", "both"]
    women_candidate_slot: Literal["replace_last", "add_extra"]
    primary_mode: Literal["none", "rep_meeting_two_thirds"]
    candidate_post_days: int
    candidate_order: Literal["votes", "strokes"]
    allow_no_candidate: bool
    negative_list_version: str
    negative_list: tuple[Bar, ...]
    vetting_departments: tuple[str, ...]

    # Voting
    poll_notice_days: int
    voting_form: Literal["meeting", "stations"]
    ballot_form: Literal["one_time", "by_post"]
    proxy_max: int
    proxy_kin_only: bool
    proxy_apply_deadline_days: int
    proxy_list_post_days: int
    mobile_box_min_staff: int

    # Counting
    vote_carry_down: bool
    overvote_scope: Literal["post", "ballot"]
    dup_person_rule: Literal["void_for_person", "count_highest", "void_ballot"]
    blank_ballot_class: Literal["abstain", "invalid"]
    residents_representatives_quorum: Fraction
    rerun_share: Fraction
    rerun_surplus: int
    rerun_within_days: int
    rerun_requires_quorum: bool
    rerun_roll_mode: Literal["first_roll", "adjusted"]
    max_reruns: int
    kin_scope: Literal["civil_code_1045", "wide"]
    kin_winner_rule: Literal["higher_post_then_votes"]
    member_kin_rule: Firmness
    quits_for_kin: bool

    # Handover, archive, recall
    handover_days: int
    handover_signatures: int
    certificate_days: int
    certificate_issuer: Literal["county_or_township", "county", "township"]
    archive_keep_years: int
    archive_kinds: tuple[str, ...]
    archive_if_any: tuple[str, ...]
    recall_voters_share: Fraction
    recall_representatives_share: Fraction
    recall_residents_share: Fraction

    # Party organisation
    party_majority_base: Literal["due", "present"]
    party_quorum: Fraction
    party_surplus: Fraction
    party_notice_days: int
    party_committee_members: int
    party_abroad_months: int

    # Supervision committee
    supervision_size_min: int
    supervision_size_max: int

    # Survey of difficult villages
    difficulty_grades: tuple[Choice, ...]
    difficulty_causes: tuple[Choice, ...]

    @property
    def blocking_codes(self) -> tuple[str, ...]:
        """The heads of the negative list that shut a person out."""
        return tuple(bar.code for bar in self.negative_list if bar.severity == "block")

    @property
    def archive_required(self) -> tuple[str, ...]:
        """The kinds of paper without which nothing is archived."""
        return tuple(kind for kind in self.archive_kinds if kind not in self.archive_if_any)

    def villagers_committee_sizes(self, community: bool) -> tuple[int, int]:
        """Return least and most members of a villagers' or residents' committee (NM-01, RC-05)."""
        if community:
            return self.residents_size_min, self.residents_size_max
        return self.committee_size_min, self.committee_size_max


_IDENTITY = frozenset({"name", "title", "sources"})
KINDS: Mapping[str, Any] = {key: kind for key, kind in get_type_hints(Policy).items() if key not in _IDENTITY}


def packs() -> tuple[str, ...]:
    """Return the names of all packs, in order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def load(name: str = DEFAULT, overrides: Mapping[str, Any] | None = None) -> Policy:
    """Return the policy of a pack, with single keys changed by hand. Raises `PolicyError`."""
    policy = _load_pack(name)
    if not overrides:
        return policy
    if not isinstance(overrides, Mapping):
        raise PolicyError("overrides 应当是“键：值”的一组参数")
    values = {each.name: getattr(policy, each.name) for each in fields(Policy)}
    for key, raw in overrides.items():
        values[key] = read_value(key, raw)
    values["sources"] = {**policy.sources, **dict.fromkeys(overrides, Source("使用者改动的参数", False))}
    return _checked(Policy(**values))


@cache
def _load_pack(name: str) -> Policy:
    entries = _entries(name, ())
    missing = [key for key in KINDS if key not in entries]
    if missing:
        raise PolicyError(f"规则包 {name} 缺少参数：{'、'.join(missing)}")
    values = {key: read_value(key, entry.get("value")) for key, entry in entries.items()}
    edition = values["law_version"]
    sources = {key: _source(key, entry, edition) for key, entry in entries.items()}
    return _checked(Policy(name=name, title=_document(name)["title"], sources=sources, **values))


def freeze(policy: Policy) -> str:
    """Return the policy as JSON text, kept with each election so that it lives under the rules it began under."""
    values = {each.name: getattr(policy, each.name) for each in fields(Policy)}
    return json.dumps(values, ensure_ascii=False, sort_keys=True, default=_plain)


@lru_cache(maxsize=64)
def thaw(text: str) -> Policy:
    """Return the policy behind :func:`freeze`. A key that a newer edition added takes the value of the pack of that
    name."""
    values = json.loads(text)
    identity = {
        "name": values.pop("name"),
        "title": values.pop("title"),
        "sources": {key: Source(**source) for key, source in values.pop("sources").items()},
    }
    kept = {key: read_value(key, raw) for key, raw in values.items() if key in KINDS}
    added = {key: getattr(_load_pack(identity["name"]), key) for key in KINDS if key not in kept}
    return Policy(**identity, **kept, **added)


def _plain(value: Any) -> Any:
    if isinstance(value, Fraction):
        return str(value)
    return {each.name: getattr(value, each.name) for each in fields(value)}


def _document(name: str) -> dict[str, Any]:
    if name not in packs():
        raise PolicyError(f"没有名为 {name} 的规则包，现有：{'、'.join(packs())}")
    try:
        return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(f"规则包 {name} 不是有效的 TOML 文件：{error}") from error


def _entries(name: str, children: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    """Return key → entry of the pack laid over its parents. Sections of the file are for readers only."""
    if name in children:
        raise PolicyError(f"规则包的上级绕成了圈：{' → '.join((*children, name))}")
    document = _document(name)
    parent = document.get("parent")
    entries = _entries(parent, (*children, name)) if parent else {}
    if "title" not in document:
        raise PolicyError(f"规则包 {name} 没有写明名称 title")
    for section in (part for part in document.values() if isinstance(part, dict)):
        entries.update(section)
    unknown = [key for key in entries if key not in KINDS]
    if unknown:
        raise PolicyError(f"规则包 {name} 中有不认识的参数：{'、'.join(unknown)}")
    return entries


def _source(key: str, entry: Mapping[str, Any], edition: int) -> Source:
    if "provision" in entry:
        try:
            provision = law.find(entry["provision"])
        except KeyError:
            raise PolicyError(f"参数 {key} 引用了不存在的规定：{entry['provision']}") from None
        return Source(law.cite(provision, edition), entry.get("confirmed", provision.confirmed))
    if not isinstance(entry.get("source"), str) or not isinstance(entry.get("confirmed"), bool):
        raise PolicyError(f"参数 {key} 没有写明来源 source 以及是否核对 confirmed")
    return Source(entry["source"], entry["confirmed"])


def read_value(key: str, raw: Any) -> Any:
    """Return the value of one key from its TOML or JSON form. Raises `PolicyError` for an unknown key or a wrong
    kind."""
    if key not in KINDS:
        raise PolicyError(f"不认识的参数：{key}")
    try:
        return _read(KINDS[key], raw)
    except (TypeError, ValueError, ZeroDivisionError, KeyError):
        raise PolicyError(f"参数 {key} 的值 {raw!r} 不对，应当是{_describe(KINDS[key])}") from None


def _read(kind: Any, raw: Any) -> Any:
    if get_origin(kind) is Literal:
        allowed = [each for each in get_args(kind) if type(each) is type(raw) and each == raw]
        return allowed[0] if allowed else _refuse()
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], each) for each in raw) if isinstance(raw, list | tuple) else _refuse()
    if kind is Fraction:
        return _share(raw)
    if kind in (Bar, Choice):
        return raw if isinstance(raw, kind) else _row(kind, raw)
    return raw if type(raw) is kind and (kind is not int or raw >= 0) else _refuse()


def _row(kind: type, raw: Any) -> Any:
    hints = get_type_hints(kind)
    return kind(**{key: _read(hints[key], value) for key, value in raw.items()}) if isinstance(raw, dict) else _refuse()


def _share(raw: Any) -> Fraction:
    """“4/5”, “20%” or 0.8 as an exact fraction between 0 and 1."""
    if isinstance(raw, bool):
        _refuse()
    text = str(raw).replace(" ", "")
    share = Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
    return share if 0 < share <= 1 else _refuse()


def _refuse() -> Any:
    raise ValueError


def _describe(kind: Any) -> str:
    if get_origin(kind) is Literal:
        return "、".join(str(each) for each in get_args(kind)) + "之一"
    if get_origin(kind) is tuple:
        return "一个列表"
    return {bool: "true 或者 false", int: "不小于0的整数", str: "文字", Fraction: "0到1之间的分数，例如4/5"}[kind]


def _checked(policy: Policy) -> Policy:
    """Return the same policy if its values agree with one another. Raises `PolicyError`."""
    for low in (key for key in KINDS if key.endswith("_min") and key[:-3] + "max" in KINDS):
        high = low[:-3] + "max"
        if getattr(policy, low) > getattr(policy, high):
            raise PolicyError(f"参数 {low} 大于 {high}")
    if not set(policy.archive_if_any) <= set(policy.archive_kinds):
        raise PolicyError("参数 archive_if_any 中有 archive_kinds 没有的材料")
    for key in ("negative_list", "difficulty_grades", "difficulty_causes"):
        codes = [each.code for each in getattr(policy, key)]
        if len(codes) != len(set(codes)):
            raise PolicyError(f"参数 {key} 中有重复的代码")
    return policy
