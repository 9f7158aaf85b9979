"""Permissions: ONE table of who may do what and when, enforced on every address.

A rule names the roles that have it and the stages during which it holds. Scope is not in the table: a role reaches
what lies under the code of its area (a county's 6 digits, a township's 9, a village's 12), so :meth:`Actor.reaches`
is the only place where "is this mine?" is answered. What lies out of reach answers 404, exactly like
what does not exist; what is in reach but not for this role answers 403 with the reason; the wrong stage, 409.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, URLResolver
from django.utils import timezone

from elections.models import Election, Role, User
from elections.models.areas import CODE_LENGTHS
from elections.rules.kinds import Body, Stage, Standing

ANY = frozenset(Stage)  # reading: whatever the stage, also when the election is suspended or closed
WHILE_OPEN = ANY | {Standing.ACTIVE}  # recording: whatever the stage, as long as the election is active
PUBLIC = "public"  # no account needed
SECOND_STEP = "second_step"  # any account, also one that still has to set up its second factor
SIGNED_IN = "signed_in"  # any account, own things only


@dataclass(frozen=True)
class Rule:
    """One row of the table."""

    name: str
    who: frozenset[str]
    during: frozenset[str]
    label: str


def _rule(name: str, who: Iterable[str], during: Iterable[str] = ANY, label: str = "") -> Rule:
    return Rule(name, frozenset(who), frozenset(during), label)


T, V, C, A, I, L, D = (  # noqa: E741
    Role.TOWNSHIP,
    Role.VILLAGE,
    Role.COUNTY,
    Role.AUDITOR,
    Role.INSPECTOR,
    Role.LEADER,
    Role.ADMIN,
)
S = Stage

# fmt: off
RULES = (
    #     name                    who                  during                          what it lets one do
    # ── reading ─────────────────────────────────────────────────────────────────────────────────────────────
    _rule("desk.view",            (T, C, I),           label="看工作台"),
    _rule("overview.view",        (C, L),              label="看县总览"),
    _rule("villages.view",        (T, C, I, L, A, V),  label="看村（社区）一览"),
    _rule("village.view",         (T, C, I, L, A, V),  label="看村档案"),
    _rule("village.log",          (T, C, I, V),        label="看办理记录"),
    _rule("schedule.view",        (T, C, I, V),        label="看时限"),
    _rule("roll.view",            (T, V, C),           label="看选民名单"),
    _rule("candidates.view",      (T, V, C),           label="看候选人"),
    _rule("candidate.view",       (T, C),              label="看候选人档案"),
    _rule("audit.view",           (A, T, V, C, I),     label="看离任审计"),
    _rule("vetting.view",         (C, T, Role.VETTING), label="看资格联审"),
    _rule("papers.view",          (T, V, C, I),        label="看文书"),
    _rule("waivers.view",         (T, C),              label="看说明理由后通过的事项"),
    # ── 准备 ────────────────────────────────────────────────────────────────────────────────────────────────
    _rule("preparation.lead",     (T,),                (S.PREPARATION,),               "登记机构、摸底、谈话和培训"),
    _rule("preparation.record",   (T, V),              (S.PREPARATION,),               "登记会议和选举委员会"),
    _rule("committee.change",     (T, V),              WHILE_OPEN,                     "登记选举委员会变动"),
    _rule("poll_day.set",         (T,),                (S.PREPARATION, S.AUDIT, S.REGISTRATION, S.NOMINATION, S.VETTING), "设定选举日"),
    _rule("posting.record",       (T, V),              WHILE_OPEN,                     "登记张贴"),
    # ── 审计 ────────────────────────────────────────────────────────────────────────────────────────────────
    _rule("audit.record",         (A, T),              (S.PREPARATION, S.AUDIT),       "登记离任审计"),
    _rule("audit.rectify",        (A, T),              WHILE_OPEN,                     "登记整改和异议答复"),
    # ── 选民登记 ────────────────────────────────────────────────────────────────────────────────────────────
    _rule("roll.edit",            (V, T),              (S.REGISTRATION, S.NOMINATION, S.VETTING, S.VOTING), "登记选民"),
    _rule("roll.import",          (V, T),              (S.REGISTRATION,),              "导入选民名单"),
    _rule("roll.publish",         (V, T),              (S.REGISTRATION,),              "公布名单"),
    _rule("roll.objection",       (V, T),              (S.REGISTRATION, S.NOMINATION, S.VETTING, S.VOTING), "受理名单申诉"),
    _rule("roll.supplement",      (V, T),              (S.REGISTRATION, S.NOMINATION, S.VETTING, S.VOTING), "补充公布"),
    _rule("roll.reveal",          (V, T),              ANY,                            "显示身份证号"),
    _rule("roll.print",           (V, T),              (S.REGISTRATION, S.NOMINATION, S.VETTING, S.VOTING), "打印选民证和发票表"),
    _rule("roll.compare",         (T, C),              label="核对跨村重复登记"),
    _rule("proxies.view",         (T, V, C),           label="看委托投票、流动票箱和代写人名单"),
    _rule("proxy.record",         (V, T),              (S.REGISTRATION, S.NOMINATION, S.VETTING, S.VOTING), "登记委托投票"),
    _rule("roving.record",        (V, T),              (S.REGISTRATION, S.NOMINATION, S.VETTING, S.VOTING), "登记流动票箱投票人员和代写人"),
    # ── 提名和资格审查 ──────────────────────────────────────────────────────────────────────────────────────
    _rule("seats.decide",         (T, V),              (S.NOMINATION,),                "登记职位职数"),
    _rule("nominee.propose",      (V, T),              (S.NOMINATION,),                "登记提名"),
    _rule("nominee.withdraw",     (V, T),              (S.NOMINATION, S.VETTING),      "登记退出"),
    _rule("nominee.first_check",  (T,),                (S.NOMINATION, S.VETTING),      "初审"),
    _rule("nominee.conclude",     (C,),                (S.VETTING,),                   "作出联审结论"),
    _rule("candidates.publish",   (V, T),              (S.VETTING,),                   "公布正式候选人"),
    _rule("candidates.meet",      (V, T),              (S.VETTING, S.VOTING),          "登记候选人与村民见面"),
    # ── 投票 ────────────────────────────────────────────────────────────────────────────────────────────────
    _rule("poll.arrange",         (V, T),              (S.VETTING, S.VOTING),          "安排投票"),
    _rule("poll.check_in",        (V, T),              (S.VOTING,),                    "验证发票"),
    _rule("count.record",         (V, T),              (S.VOTING,),                    "录入计票"),
    _rule("count.confirm",        (V, T),              (S.VOTING,),                    "确认结果"),
    _rule("result.report",        (V, T),              (S.VOTING,),                    "登记结果公布和备案"),
    # ── 移交 ────────────────────────────────────────────────────────────────────────────────────────────────
    _rule("handover.record",      (V, T),              (S.HANDOVER,),                  "登记移交"),
    _rule("archive.record",       (V, T),              (S.HANDOVER,),                  "登记归档材料"),
    # ── 其他两个组织 ────────────────────────────────────────────────────────────────────────────────────────
    _rule("party.record",         (T,),                WHILE_OPEN,                     "登记党组织换届"),
    _rule("supervision.record",   (T, V),              WHILE_OPEN,                     "登记监督委员会推选"),
    # ── 环节 ────────────────────────────────────────────────────────────────────────────────────────────────
    _rule("step.start_audit",         (T,),            label="推进环节"),
    _rule("step.open_registration",   (T,),            label="推进环节"),
    _rule("step.open_nomination",     (T,),            label="推进环节"),
    _rule("step.open_vetting",        (T,),            label="推进环节"),
    _rule("step.open_voting",         (T,),            label="推进环节"),
    _rule("step.open_poll",           (T, V),          label="开始投票"),
    _rule("step.open_rerun",          (T, V),          label="开始另行选举"),
    _rule("step.open_tie",            (T, V),          label="开始再次投票"),
    _rule("step.hand_over",           (T,),            label="推进环节"),
    _rule("step.return_preparation",  (T,),            label="退回环节"),
    _rule("step.return_audit",        (T,),            label="退回环节"),
    _rule("step.return_registration", (T,),            label="退回环节"),
    _rule("step.return_nomination",   (T,),            label="退回环节"),
    _rule("step.return_vetting",      (T,),            label="退回环节"),
    _rule("step.waive",               (T,),            label="说明理由后通过"),
    _rule("standing.suspend",         (C,),            label="暂缓换届"),
    _rule("standing.resume",          (C,),            label="恢复换届"),
    _rule("standing.annul",           (C,),            label="宣布无效"),
    _rule("standing.close",           (T,),            label="完成归档"),
    # ── 文书和任务 ──────────────────────────────────────────────────────────────────────────────────────────
    _rule("papers.make",          (V, T),              label="生成文书"),
    # ── 系统 ────────────────────────────────────────────────────────────────────────────────────────────────
    _rule("cycles.begin",         (C,),                label="开始换届"),
    _rule("election.begin_again", (T,),                label="重新选举"),
    _rule("accounts.manage",      (D,),                label="管理账号"),
    _rule("areas.manage",         (D,),                label="管理村（社区）"),
)
# fmt: on

TABLE = {rule.name: rule for rule in RULES}


@dataclass(frozen=True)
class Office:
    """The office of a township or a county."""

    code: str
    name: str
    phone: str


@dataclass(frozen=True)
class Actor:
    """A signed-in person with the appointments they hold today, read afresh for every request."""

    user: User
    posts: tuple[tuple[str, str], ...]  # role, area code
    unit: str = ""  # the name of the first post's area
    offices: tuple[Office, ...] = ()  # from their townships up to the county, whom to call when stuck

    @property
    def id(self) -> int:
        return self.user.pk

    def roles_at(self, code: str) -> frozenset[str]:
        """Return the roles this person has over the area of that code."""
        return frozenset(role for role, area in self.posts if code.startswith(area))

    def reaches(self, queryset: QuerySet, field: str, rule: str = "") -> QuerySet:
        """Cut ``queryset`` to what lies under this person's areas; ``field`` holds an area code.

        With ``rule``, only the areas where one of their roles has it. Nobody reaches anything by default.
        """
        who = TABLE[rule].who if rule else frozenset(Role) - {Role.ADMIN}
        reach = Q(pk__in=[])
        for role, area in self.posts:
            if role in who:
                reach |= Q(**{f"{_code_of(field)}__startswith": area})
        return queryset.filter(reach)

    def main_role(self) -> str:
        """Return the role that decides the first screen."""
        held = {role for role, _ in self.posts}
        return next((role for role in Role if role in held), "")


def _code_of(field: str) -> str:
    """Return the area's code behind a key: a foreign key knows no prefixes, its target does, and the join is left out
    again."""
    return f"{field.removesuffix('_id')}__code" if field.endswith("_id") else field


# Every page asks this first: to build it out of querysets takes as long as a third of a page.
POSTS = """
    SELECT post.role, post.area_id, here.name, town.code, town.name, town.phone, county.code, county.name, county.phone
    FROM elections_appointment post
    JOIN elections_area here ON here.code = post.area_id
    LEFT JOIN elections_area town ON town.code = SUBSTR(post.area_id, 1, %s)
    LEFT JOIN elections_area county ON county.code = SUBSTR(post.area_id, 1, %s)
    WHERE post.user_id = %s AND post.since <= %s AND (post.until IS NULL OR post.until > %s)
    ORDER BY post.id
"""


def actor_of(user: User) -> Actor:
    """The actor behind an account, with the appointments in force today and their offices, in one statement."""
    today = connection.ops.adapt_datefield_value(timezone.localdate())
    with connection.cursor() as cursor:
        cursor.execute(POSTS, [CODE_LENGTHS["township"], CODE_LENGTHS["county"], user.pk, today, today])
        found = cursor.fetchall()
    offices = {Office(*office) for row in found for office in (row[3:6], row[6:9]) if office[0]}
    return Actor(
        user,
        posts=tuple((role, area) for role, area, *_ in found),
        unit=found[0][2] if found else "",
        offices=tuple(sorted(offices, key=lambda office: office.code, reverse=True)),
    )


def why_not_by_role(actor: Actor, name: str, code: str) -> str | None:
    """Why this person may not use the rule in that area, whatever the stage; ``None`` when he may."""
    rule = TABLE[name]
    if rule.who & actor.roles_at(code):
        return None
    who = "、".join(Role(role).label for role in Role if role in rule.who)
    return f"{rule.label or '这一项'}由{who}办理"


def why_not_at_this_stage(name: str, election: Election) -> str | None:
    """Return why the rule does not hold now: wrong stage, or the election is not active."""
    rule = TABLE[name]
    if rule.during == ANY:
        return None
    if election.standing != Standing.ACTIVE:
        return f"本次选举已{Standing(election.standing).label}，不能再修改"
    if election.stage in rule.during:
        return None
    when = "、".join(Stage(stage).label for stage in Stage if stage in rule.during)
    return f"{rule.label}在{when}环节办理，现在是{Stage(election.stage).label}环节"


def why_not_allowed(actor: Actor, name: str, election: Election) -> str | None:
    """Return the reason by role and stage together, as a button asks before it shows itself."""
    return why_not_by_role(actor, name, election.village_id) or why_not_at_this_stage(name, election)


View = Callable[..., HttpResponseBase]


def allowed(name: str, *, post: str = "") -> Callable[[View], View]:
    """Force one row of the table on a view; ``post`` names the row for changes where more may read than record.

    A name may hold an argument of the address, ``step.{step}``: it stands for the row of that name, and an address
    for which there is none is answered with 404. A view whose address has ``code`` is called as ``view(request, election, **rest)``: the election of that village
    and of ``?body=`` (the villagers' committee by default), found inside the actor's reach or 404.
    """
    for rule in filter(None, (name, post)):
        if not rules_of(rule) and rule not in (PUBLIC, SECOND_STEP, SIGNED_IN):
            raise ImproperlyConfigured(f"permissions.py has no rule {rule}")

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, code: str | None = None, **kwargs: Any) -> HttpResponseBase:
            if name == PUBLIC:
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            request.actor = actor_of(request.user)
            if name != SECOND_STEP and owes_second_factor(request):
                return redirect("second_factor")
            if code is None:
                return view(request, *args, **kwargs) if may_anywhere(request.actor, name) else refuse(request, name)
            election = find_election(request, code)
            rule = _filled(post if post and request.method not in ("GET", "HEAD") else name, kwargs)
            return refusal(request, rule, election) or view(request, election, *args, **kwargs)

        guarded.permission = name
        guarded.post_permission = post or name
        return guarded

    return decorate


def rules_of(name: str) -> tuple[str, ...]:
    """Return the rows of the table that a permission stands for: one, or all that ``step.{step}`` may become."""
    shape = re.compile("[a-z_]+".join(map(re.escape, re.split(r"\{[a-z_]+\}", name))))
    return tuple(rule for rule in TABLE if shape.fullmatch(rule))


def _filled(name: str, arguments: dict[str, Any]) -> str:
    """Return the one row that an address with these arguments asks for."""
    rule = name.format_map(arguments)
    if rule not in TABLE:
        raise Http404
    return rule


def owes_second_factor(request: HttpRequest) -> bool:
    """Return whether one of this person's roles needs a second factor that this login did not show
    (``SECOND_FACTOR_FOR``)."""
    if request.user.is_verified():  # type: ignore[union-attr]  # put there by django-otp
        return False
    return bool({role for role, _ in request.actor.posts} & set(settings.SECOND_FACTOR_FOR))


def may_anywhere(actor: Actor, name: str) -> bool:
    """Return whether any role of this person has the rule, wherever: for addresses and links that belong to no
    village."""
    return name in (SIGNED_IN, SECOND_STEP) or bool(TABLE[name].who & {role for role, _ in actor.posts})


def refusal(request: HttpRequest, name: str, election: Election) -> HttpResponse | None:
    """Answer 403 for the wrong role, 409 for the wrong stage, with the sentence; ``None`` when the rule holds."""
    why = why_not_by_role(request.actor, name, election.village_id)
    if why:
        return render(request, "errors/403.html", {"reason": why, "election": election}, status=403)
    why = why_not_at_this_stage(name, election)
    if why:
        context = {"title": "没有办成", "reason": why, "election": election}
        return render(request, "errors/409.html", context, status=409)
    return None


def refuse(request: HttpRequest, name: str) -> HttpResponse:
    """Answer 403 for an address that belongs to no village."""
    who = "、".join(Role(role).label for role in Role if role in TABLE[name].who)
    return render(request, "errors/403.html", {"reason": f"这一页供{who}使用"}, status=403)


def find_election(request: HttpRequest, code: str) -> Election:
    """Return the election of village ``code`` and ``?body=`` within the actor's reach; ``Http404`` otherwise."""
    body = request.GET.get("body", Body.VILLAGERS_COMMITTEE)
    reach = request.actor.reaches(Election.objects.all(), "village_id")
    election = (
        reach.filter(village_id=code, body=body)
        .select_related("village", "cycle")
        .order_by("-cycle__starts_on", "-attempt")
    ).first()
    if election is None:
        raise Http404
    return election


def within(actor: Actor, queryset: QuerySet, field: str, **lookup: Any) -> Any:
    """Return one object inside the actor's reach, or ``Http404``: the only way to load by an id from an address."""
    found = actor.reaches(queryset, field).filter(**lookup).first()
    if found is None:
        raise Http404
    return found


def require_permissions(
    patterns: list[URLPattern | URLResolver], breadcrumbs: str = ""
) -> list[URLPattern | URLResolver]:
    """Give the patterns back, or stop start-up when one of them names no permission."""
    for pattern in patterns:
        place = f"{breadcrumbs}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            require_permissions(pattern.url_patterns, place)
        elif getattr(pattern.callback, "permission", None) is None:
            raise ImproperlyConfigured(f"The address /{place} names no permission: see elections/permissions.py.")
    return patterns
