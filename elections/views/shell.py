"""The shell around every page: the menu of this person's roles, their unit, the day, whom to call."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from elections.models import Role
from elections.permissions import Actor, actor_of, may_anywhere

# fmt: off
MENU = (
    # label          icon               address          permission
    ("工作台",        "home",            "desk",          "desk.view"),
    ("县总览",        "chart-bar",       "overview",      "overview.view"),
    ("村（社区）",    "building-community", "villages",   "villages.view"),
    ("日程时限",      "calendar",        "schedule",      "schedule.view"),
    ("资格联审",      "user-check",      "vetting",       "vetting.view"),
    ("文书中心",      "file-text",       "papers",        "papers.view"),
    ("说明理由事项",  "message-circle",  "waivers",       "waivers.view"),
    ("换届批次",      "refresh",         "cycles",        "cycles.begin"),
    ("规则演算",      "calculator",      "rules",         ""),
    ("后台任务",      "clock",           "jobs",          ""),
    ("用户与权限",    "users",           "accounts",      "accounts.manage"),
    ("村（社区）名单", "map-2",          "areas",         "areas.manage"),
    ("个人设置",      "settings",        "me",            ""),
)
# fmt: on
VILLAGE_CODE = 12  # digits
FONT_STEPS = {"normal": 1, "large": 2, "larger": 3}


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the shell's context, made once for a request whose page renders tables and parts by themselves; nothing of
    it for somebody who is not signed in."""
    known = getattr(request, "shell", None)
    if known is None:
        known = request.shell = _shell(request)
    return known


def _shell(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"unit_name": "", "today": timezone.localdate()}
    actor = getattr(request, "actor", None) or actor_of(user)
    return {
        "menu": menu(actor, request.path),
        "unit_name": actor.unit,
        "system_name": _system_name(actor),
        "role_name": Role(actor.main_role()).label if actor.posts else "没有职责",
        "font_scale": FONT_STEPS[user.font_scale],
        "today": timezone.localdate(),
        "help_phones": [{"name": f"{each.name}换届办", "phone": each.phone} for each in actor.offices if each.phone],
    }


def _system_name(actor: Actor) -> str:
    """石门村“两委”换届工作系统; above the village: 青石镇村（社区）“两委”换届工作系统"""
    one_village = bool(actor.posts) and len(actor.posts[0][1]) == VILLAGE_CODE
    return f"{actor.unit}{'' if one_village else '村（社区）'}“两委”换届工作系统"


def menu(actor: Actor, path: str) -> list[dict[str, Any]]:
    """Return the lines this person may use, the present one marked."""
    lines = []
    for label, icon, name, permission in MENU:
        if permission and not may_anywhere(actor, permission):
            continue
        url = reverse(name)
        lines.append({"label": label, "icon": icon, "url": url, "current": path.startswith(url)})
    return lines
