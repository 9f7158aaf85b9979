"""投票: before a ballot is issued, before another round, before the result is final."""

import pytest

from elections.rules.facts import VacancyFacts
from elections.rules.guards import voting as g
from tests.elections.rules.guards.facts import (
    COMPLETE,
    SEATED,
    a_round,
    change,
    day,
    named,
    passes,
    ready_to_poll,
    refuses,
    with_tie,
    with_vacancy,
)

MORNING, SHORT, TIED = ready_to_poll(), with_vacancy(), with_tie()
VOID = change(
    SHORT, voting={"rounds": (a_round(status="invalid", reasons=("NO_QUORUM",)),), "seated": (), "vacancies": ()}
)
UNCONFIRMED = change(COMPLETE, voting={"rounds": (a_round(confirmed=False),)})
FIVE_SEATS = {"seats": {"chair": 1, "deputy": 1, "member": 3}}
MEN = tuple((office, name, "M") for office, name, _ in SEATED)
AFTER_RERUN = change(
    COMPLETE, nomination=FIVE_SEATS,
    voting={
        "rounds": (a_round(status="open", vacancies=2), a_round("rerun", status="open", vacancies=2)),
        "vacancies": (VacancyFacts("member", 2, False, ("戊", "己", "庚")),),
    },
)  # fmt: skip
ENOUGH = "另行选举已举行1次，当选3人，达到3人，不足的名额可以空缺，由村民代表会议决定"
KIN = {"kin_seated": (("甲", "戊"),)}

STORIES = [
    passes(g.poll_announced, MORNING),
    refuses(g.poll_announced, "投票时间、地点和方式还没有公布", MORNING, voting={"poll_notice_on": None}),
    # CP-46: D-3 is in time, D-2 is not
    passes(g.poll_announced_in_time, MORNING, voting={"poll_notice_on": day(12, 17)}),
    refuses(
        g.poll_announced_in_time, "投票安排在选举日前2天公布，少于3天", MORNING, voting={"poll_notice_on": day(12, 18)}
    ),
    passes(
        g.poll_announced_in_time, MORNING, voting={"poll_notice_on": day(12, 18)}, policy={"poll_notice_days": 2}
    ),
    passes(g.poll_announced_in_time, MORNING, voting={"poll_notice_on": None}),
    passes(g.poll_announced_in_time, MORNING, poll_day=None),
    passes(g.secret_booth_ready, MORNING),
    refuses(g.secret_booth_ready, "还没有设置秘密写票处", MORNING, voting={"secret_booth": False}),
    passes(g.staff_named, MORNING),
    refuses(g.staff_named, "选举工作人员还没有确定", MORNING, voting={"staff": 0}),
    passes(g.staff_without_conflicts, MORNING),
    refuses(
        g.staff_without_conflicts, "监票人甲是候选人，请更换；唱票人乙是候选人甲的近亲属，请更换", MORNING,
        voting={"staff_conflicts": ("监票人甲是候选人，请更换", "唱票人乙是候选人甲的近亲属，请更换")},
    ),
    # VT-09: whoever votes for another is on the list that was put up
    passes(g.proxy_list_published, MORNING),
    refuses(g.proxy_list_published, "已登记委托2人，委托投票名单还没有公布", MORNING, voting={"proxies": 2, "proxies_unpublished": 2}),
    refuses(
        g.proxy_list_published, "委托投票名单公布后又登记了1人，还没有公布", MORNING,
        voting={"proxies": 2, "proxies_unpublished": 1, "proxy_list_on": day(12, 18)},
    ),
    passes(g.proxy_list_published, MORNING, voting={"proxies": 2, "proxy_list_on": day(12, 18)}),
    # notice 13: D-1 is in time, the day itself is not
    passes(g.proxy_list_published_in_time, MORNING, voting={"proxies": 2, "proxy_list_on": day(12, 19)}),
    refuses(
        g.proxy_list_published_in_time, "委托投票名单在选举日前0天公布，少于1天", MORNING,
        voting={"proxies": 2, "proxy_list_on": day(12, 20)},
    ),
    passes(g.proxy_list_published_in_time, MORNING, voting={"proxies": 0, "proxy_list_on": day(12, 20)}),
    passes(g.proxy_list_published_in_time, MORNING, voting={"proxies": 2}),
    passes(g.candidates_met_voters, MORNING),
    refuses(g.candidates_met_voters, "候选人还没有与村民见面", MORNING, nomination={"met_voters_on": None}),
    refuses(
        g.candidates_met_voters, "候选人还没有与居民见面", change(MORNING, community=True),
        nomination={"met_voters_on": None},
    ),
    # VT-02: not before the day; on a later day only with a reason
    passes(g.poll_day_has_come, MORNING, today=day(12, 20)),
    refuses(g.poll_day_has_come, "选举日（2026年12月20日）还没有到", MORNING, today=day(12, 19)),
    refuses(g.poll_day_has_come, "选举日（未定）还没有到", MORNING, poll_day=None),
    passes(g.polled_on_the_announced_day, MORNING, today=day(12, 20)),
    refuses(
        g.polled_on_the_announced_day, "公布的选举日是2026年12月20日，今天已晚1天，不得随意改期", MORNING,
        today=day(12, 21),
    ),
    passes(g.polled_on_the_announced_day, MORNING, poll_day=None),
    passes(g.no_round_opened, MORNING),
    refuses(g.no_round_opened, "投票已经开始，不能退回", UNCONFIRMED),
    passes(g.last_round_confirmed),
    refuses(g.last_round_confirmed, "还没有投票", MORNING),
    refuses(g.last_round_confirmed, "上一次投票的结果还没有确认", UNCONFIRMED),
    # RR-01, RS-10
    passes(g.seats_still_vacant, SHORT),
    passes(g.seats_still_vacant, VOID),
    passes(g.seats_still_vacant, MORNING),
    passes(g.seats_still_vacant, UNCONFIRMED),
    refuses(g.seats_still_vacant, "应选名额已经选满，不需要另行选举"),
    refuses(g.seats_still_vacant, "应选名额已经选满，不需要另行选举", nomination={"seats": {"chair": 1}}),
    # RR-08: max_reruns, the least number of members, a woman's place
    passes(g.rerun_still_due, SHORT),
    refuses(g.rerun_still_due, ENOUGH, AFTER_RERUN),
    refuses(g.rerun_still_due, ENOUGH.replace("村民", "居民"), change(AFTER_RERUN, community=True)),
    passes(g.rerun_still_due, AFTER_RERUN, policy={"max_reruns": 2}),
    passes(g.rerun_still_due, AFTER_RERUN, voting={"seated": SEATED[:2]}),
    passes(g.rerun_still_due, AFTER_RERUN, policy={"committee_min_seated": 4}),
    passes(g.rerun_still_due, AFTER_RERUN, voting={"vacancies": (VacancyFacts("member", 1, True, ("戊", "己")),)}),
    passes(
        g.rerun_still_due, AFTER_RERUN,
        voting={"rounds": (*AFTER_RERUN.voting.rounds, a_round("rerun", status="invalid"))},
    ),
    # RR-02: one more than places
    passes(g.rerun_has_choice, SHORT),
    refuses(
        g.rerun_has_choice, "委员空缺2名，另行选举候选人只有2名，应当先补充提名", SHORT,
        voting={"vacancies": (VacancyFacts("member", 2, False, ("戊", "己")),)},
    ),
    refuses(
        g.rerun_has_choice, "妇女委员空缺1名，另行选举候选人只有1名，应当先补充提名", SHORT,
        voting={"vacancies": (VacancyFacts("member", 1, True, ("戊",)),)},
    ),
    passes(g.rerun_has_choice, SHORT, voting={"vacancies": (VacancyFacts("member", 1, False, ()),)}),
    passes(g.rerun_has_choice, VOID),
    # CT-22
    passes(g.tie_to_break, TIED),
    passes(g.tie_to_break, UNCONFIRMED),
    refuses(g.tie_to_break, "没有得票相等需要再次投票的情形", SHORT),
    passes(g.no_tie_left, SHORT),
    refuses(g.no_tie_left, "得票相等的人选还没有再次投票", TIED),
    # RR-05: the tenth day is in time; a void first vote has no ten days
    passes(g.rerun_in_time, SHORT, today=day(12, 30)),
    refuses(g.rerun_in_time, "另行选举应在选举日后10天内举行，已超过1天", SHORT, today=day(12, 31)),
    passes(g.rerun_in_time, SHORT, today=day(12, 31), policy={"rerun_within_days": 11}),
    passes(g.rerun_in_time, VOID, today=day(12, 31)),
    passes(g.rerun_in_time, MORNING, today=day(12, 31)),
    passes(g.result_valid),
    refuses(g.result_valid, "上一次投票无效，应当重新投票", VOID),
    # RR-08: three members
    passes(g.enough_members_seated),
    refuses(g.enough_members_seated, "当选2人，不足3人，应当再次投票选举", voting={"seated": SEATED[:2]}),
    passes(g.enough_members_seated, voting={"seated": SEATED[:2]}, policy={"committee_min_seated": 2}),
    # CT-23: places may be left empty only after the reruns of the pack
    passes(g.rerun_held_for_vacancies),
    passes(g.rerun_held_for_vacancies, AFTER_RERUN),
    refuses(g.rerun_held_for_vacancies, "应选名额还空缺2名，应当另行选举", AFTER_RERUN, policy={"max_reruns": 2}),
    refuses(g.rerun_held_for_vacancies, "应选名额还空缺1名，应当另行选举", SHORT),
    passes(g.rerun_held_for_vacancies, TIED),
    passes(g.rerun_held_for_vacancies, SHORT, policy={"max_reruns": 0, "committee_min_seated": 2}),
    passes(g.every_seat_filled),
    refuses(g.every_seat_filled, "应选名额还空缺2名", AFTER_RERUN),
    passes(g.woman_seated),
    passes(g.woman_seated, voting={"seated": ()}),
    refuses(g.woman_seated, "当选人中没有妇女，应当为妇女保留名额另行选举", voting={"seated": MEN}),
    # CT-27: forbid is hard, warn is soft, off is silent
    passes(g.no_near_relatives_seated),
    refuses(g.no_near_relatives_seated, "当选人之间有近亲属关系，应当回避：甲与戊", voting=KIN),
    passes(g.no_near_relatives_seated, voting=KIN, policy={"member_kin_rule": "warn"}),
    passes(g.near_relatives_explained, voting=KIN),
    refuses(
        g.near_relatives_explained, "当选人之间有近亲属关系，不宜同时任职：甲与戊", voting=KIN,
        policy={"member_kin_rule": "warn"},
    ),
    passes(g.near_relatives_explained, voting=KIN, policy={"member_kin_rule": "off"}),
    passes(g.result_announced),
    refuses(g.result_announced, "选举结果还没有登记当场宣布", voting={"result_announced_on": None}),
    passes(g.result_reported),
    refuses(g.result_reported, "选举结果还没有报镇（街道）备案", voting={"result_reported_on": None}),
]  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=named(STORIES))
def test_what_it_says(story):
    assert story.told() == story.says
