"""提名与资格审查."""

from django.apps import AppConfig

ACTS = {
    "seats.decided": "登记职位职数",
    "nominee.accepted": "登记提名",
    "nominee.changed": "修改提名登记",
    "nominee.withdrawn": "登记候选人退出",
    "nominee.first_checked": "登记初审意见",
    "nominee.concluded": "作出联审结论",
    "nominee.reopened": "重新审查",
    "candidates.published": "公布正式候选人",
    "candidates.met_voters": "登记候选人见面",
    "committee.formed": "登记选举委员会",
    "committee.left_for_nomination": "选举委员会成员退出和递补",
    "committee.member_left": "登记选举委员会成员退出",
    "committee.follower_named": "登记选举委员会递补",
    "committee.member_elected": "登记另行推选的成员",
    "committee.officer_chosen": "登记另行推选的主任、副主任",
}
FIELDS = {
    "votes": "得票", "nominated_on": "提名", "withdrawn_on": "退出", "met_on": "见面", "published_on": "公布",
    "followed": "递补人数", "unfilled": "空缺", "remaining": "现有成员", "members": "成员", "reserves": "候补",
}  # fmt: skip


class CandidatesConfig(AppConfig):
    name = "candidates"
    verbose_name = "提名与资格审查"

    def ready(self) -> None:
        from elections.selectors import log

        log.ACTS.update(ACTS)
        log.FIELDS.update(FIELDS)
