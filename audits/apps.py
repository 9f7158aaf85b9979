"""任期审计."""

from django.apps import AppConfig

ACTS = {
    "audit.recorded": "登记审计情况",
    "audit.finding_added": "登记审计问题",
    "audit.finding_closed": "登记整改完成",
    "audit.finding_reopened": "撤销整改完成",
    "audit.published": "登记审计公示",
    "audit.publication_extended": "修改审计公示期限",
    "audit.objection_received": "登记审计异议",
    "audit.objection_answered": "答复审计异议",
}
FIELDS = {
    "amount": "金额", "due_on": "时限", "closed_on": "完成", "first_day": "第一天", "last_day": "最后一天",
    "received_on": "收到", "answered_on": "答复", "reported_on": "报告",
}  # fmt: skip


class AuditsConfig(AppConfig):
    name = "audits"
    verbose_name = "任期审计"

    def ready(self) -> None:
        from elections.selectors import log

        log.ACTS.update(ACTS)
        log.FIELDS.update(FIELDS)
