"""Small words and parts of pages: icons, dates, deadlines, numbers, the key of an act. See docs/templates.md."""

from datetime import date, datetime, timedelta
from uuid import uuid4

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from elections.rules import stages, wording

register = template.Library()

NO_DATA = "--"
SOON_DAYS = 3  # a deadline this near is written in amber; a look, not a rule of law

STATUS_WORDS = {
    "todo": "未开始",
    "doing": "进行中",
    "done": "已完成",
    "blocked": "未到时间",
}


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """Return one symbol of static/icons.svg; always beside words, so hidden from screen readers. `size`: "" or "sm"."""
    return format_html(
        '<svg class="icon{}" width="20" height="20" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"></use></svg>',
        f" icon-{size}" if size else "",
        static("icons.svg"),
        name,
    )


@register.simple_tag
def act_token() -> SafeString:
    """Return the random key of one act: a form sent twice does its act once."""
    return format_html('<input type="hidden" name="act" value="{}">', uuid4())


@register.inclusion_tag("_deadline.html", takes_context=True)
def deadline(
    context, day: date | None, kind: str = "", source: str = "", full: bool = False, settled: str | None = None
) -> dict[str, object]:
    """Return a date and how it stands today, in words.

    `kind`: 法定 or 本地. `source`: the provision, folded under 依据. `full`: with year and weekday.
    `settled`: the word for what asks for nothing any more, in place of the days left.
    """
    today = context.get("today") or timezone.localdate()
    if day is None:
        return {"day": None}
    left = (day - today).days
    return {
        "day": day,
        "words": wording.cn_weekday_date(day) if full else wording.short_date(day),
        "long": wording.cn_weekday_date(day),
        "left": settled or wording.days_left(day, today),
        "tone": "calm" if settled else "late" if left < 0 else "soon" if left <= SOON_DAYS else "calm",
        "kind": kind,
        "source": source,
    }


@register.simple_tag(takes_context=True)
def countdown(context, day: date) -> SafeString:
    """Return election day: not a deadline, a day to look forward to. 2026年12月20日（星期日） 还有16天"""
    days = (day - (context.get("today") or timezone.localdate())).days
    words = f"还有{days}天" if days > 0 else "就是今天" if days == 0 else f"已过{-days}天"
    return format_html('<time datetime="{}">{}</time> {}', day.isoformat(), wording.cn_weekday_date(day), words)


@register.simple_tag
def percent(part: int | None, whole: int | None) -> SafeString:
    """66.7% with its 208/312 beside it: a share never stands without what it is a share of."""
    if part is None or not whole:
        return SafeString(NO_DATA)
    return format_html(
        '<span class="figure-share">{}</span> <span class="figure-of">{}/{}</span>',
        wording.share(part, whole),
        wording.count(part),
        wording.count(whole),
    )


@register.filter
def share_of(part: int, whole: int) -> str:
    return wording.share(part, whole)


@register.filter
def cn_date(day: date | None) -> str:
    if not day:  # a missing variable is an empty string
        return NO_DATA
    return wording.cn_date(timezone.localdate(day) if isinstance(day, datetime) else day)


@register.filter
def cn_weekday_date(day: date | None) -> str:
    return wording.cn_weekday_date(day) if day else NO_DATA


@register.filter
def short_date(day: date | None) -> str:
    return wording.short_date(day) if day else NO_DATA


@register.filter
def cn_count(number: int | str | None) -> str:
    """1286 and 12,860; -- when there is no figure (0 is a figure)."""
    return NO_DATA if number is None or number == "" else wording.count(int(number))


@register.filter
def masked_phone(number: str | None) -> str:
    return wording.masked_phone(number) if number else NO_DATA


@register.filter
def status_word(status: str) -> str:
    return STATUS_WORDS.get(str(status), str(status))


@register.filter
def error_count(form) -> int:
    """Return how many sentences the error summary of a form or formset holds."""
    if not form:
        return 0
    if hasattr(form, "total_error_count"):
        return form.total_error_count()
    return sum(len(errors) for errors in form.errors.values())


@register.filter
def minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)


@register.filter
def act_label(act: str) -> str:
    """暂缓换届, 恢复换届 … of an act beside the stages."""
    return stages.find_move(act).label
