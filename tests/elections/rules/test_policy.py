"""The rule packs: complete, sourced, laid over their parents, and refused when wrong."""

from dataclasses import FrozenInstanceError
from fractions import Fraction

import pytest

from elections.rules import policy as policies
from elections.rules.policy import PolicyError, load


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder of packs of our own, with the national pack as the root."""
    (tmp_path / "root.toml").write_text((policies.FOLDER / "national-2025.toml").read_text("utf-8"), "utf-8")
    monkeypatch.setattr(policies, "FOLDER", tmp_path)
    policies._load_pack.cache_clear()
    yield tmp_path
    policies._load_pack.cache_clear()


def test_every_pack_loads_and_every_number_has_a_source():
    assert policies.packs() == ("fujian", "jiangxi", "national-2018", "national-2025")
    for name in policies.packs():
        pack = load(name)
        assert set(pack.sources) == set(policies.KINDS)
        assert all(source.text for source in pack.sources.values())


def test_the_national_numbers():
    pack = load()
    assert (pack.roll_post_min_days, pack.roll_objection_days, pack.roll_answer_days) == (20, 5, 3)
    assert (pack.proxy_max, pack.handover_days, pack.rerun_within_days) == (3, 10, 10)
    assert (pack.party_quorum, pack.party_surplus) == (Fraction(4, 5), Fraction(1, 5))
    assert (len(pack.archive_kinds), len(pack.difficulty_causes)) == (25, 14)
    assert len(set(pack.archive_kinds)) == 25


def test_a_source_cites_the_article_of_the_packs_edition():
    assert load("national-2025").sources["roll_post_min_days"].text == "《村民委员会组织法》第十七条第一款"
    assert load("national-2018").sources["roll_post_min_days"].text == "《村民委员会组织法》第十四条第一款"


def test_what_rests_on_practice_is_not_confirmed():
    sources = load().sources
    assert sources["roll_post_min_days"].confirmed
    assert not sources["party_majority_base"].confirmed
    assert not sources["dup_person_rule"].confirmed


def test_the_old_edition_differs_where_the_law_did():
    old, new = load("national-2018"), load("national-2025")
    changed = {key for key in policies.KINDS if getattr(old, key) != getattr(new, key)}
    assert changed == {
        "law_version", "county_dept_name", "quits_for_kin", "village_work_counts", "nominators", "proxy_kin_only",
        "member_kin_rule",
    }  # fmt: skip


def test_the_provinces():
    jiangxi, fujian = load("jiangxi"), load("fujian")
    assert (jiangxi.candidate_post_days, jiangxi.candidate_order, jiangxi.poll_notice_days) == (5, "strokes", 3)
    assert len(jiangxi.vetting_departments) == 15
    assert (fujian.candidate_post_days, fujian.women_mode) == (4, "B_reserved_post")
    assert fujian.primary_mode == "rep_meeting_two_thirds"
    assert len(fujian.vetting_departments) == 11


def test_the_four_bars_of_the_law_stand_in_every_pack():
    for name in policies.packs():
        by_law = [bar.code for bar in load(name).negative_list if bar.rule == "NM-06" and bar.severity == "block"]
        assert by_law == ["EXPELLED_FROM_PARTY", "CRIMINAL_PUNISHMENT", "CLAN_OR_GANG", "ILLEGAL_RELIGION_OR_CULT"]


def test_a_policy_cannot_be_changed_afterwards():
    with pytest.raises(FrozenInstanceError):
        load().proxy_max = 4


def test_an_override_changes_one_key_and_says_so():
    pack = load(overrides={"vote_carry_down": True, "party_quorum": "2/3"})
    assert pack.vote_carry_down is True
    assert pack.party_quorum == Fraction(2, 3)
    assert not pack.sources["vote_carry_down"].confirmed
    assert load().vote_carry_down is False


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        ({"proxy_maximum": 3}, "不认识的参数：proxy_maximum"),
        ({"name": "x"}, "不认识的参数：name"),
        ({"proxy_max": "3"}, "参数 proxy_max 的值 '3' 不对，应当是不小于0的整数"),
        ({"proxy_max": True}, "参数 proxy_max 的值 True 不对，应当是不小于0的整数"),
        ({"proxy_max": -1}, "参数 proxy_max 的值 -1 不对，应当是不小于0的整数"),
        ({"vote_carry_down": 1}, "参数 vote_carry_down 的值 1 不对，应当是true 或者 false"),
        ({"overvote_scope": "page"}, "参数 overvote_scope 的值 'page' 不对，应当是post、ballot之一"),
        ({"law_version": 2010}, "参数 law_version 的值 2010 不对，应当是2018、2025之一"),
        ({"party_quorum": "5/4"}, "参数 party_quorum 的值 '5/4' 不对，应当是0到1之间的分数，例如4/5"),
        ({"party_quorum": "1/0"}, "参数 party_quorum 的值 '1/0' 不对，应当是0到1之间的分数，例如4/5"),
        ({"vetting_departments": "公安局"}, "参数 vetting_departments 的值 '公安局' 不对，应当是一个列表"),
        ({"committee_size_min": 8}, "参数 committee_size_min 大于 committee_size_max"),
        ({"archive_if_any": ["没有的材料"]}, "参数 archive_if_any 中有 archive_kinds 没有的材料"),
        (["proxy_max"], "overrides 应当是“键：值”的一组参数"),
    ],
)
def test_a_wrong_override_is_refused_in_plain_words(overrides, message):
    with pytest.raises(PolicyError) as refused:
        load(overrides=overrides)
    assert str(refused.value) == message


@pytest.mark.parametrize("raw", ["4/5", "80%", "80 %", 0.8])
def test_a_share_may_be_written_in_several_ways(raw):
    assert load(overrides={"party_quorum": raw}).party_quorum == Fraction(4, 5)


def test_an_unknown_pack():
    with pytest.raises(PolicyError, match=r"没有名为 \.\./secrets 的规则包"):
        load("../secrets")


def test_a_pack_changes_only_what_it_names(folder):
    (folder / "town.toml").write_text(
        'title = "镇"\nparent = "root"\n[a]\nproxy_max = { value = 2, source = "镇方案", confirmed = true }', "utf-8"
    )
    town, root = load("town"), load("root")
    assert {key for key in policies.KINDS if getattr(town, key) != getattr(root, key)} == {"proxy_max"}
    assert town.sources["proxy_max"] == policies.Source("镇方案", True)
    assert town.title == "镇"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('title = "镇"\nparent = "bad"', "规则包的上级绕成了圈：bad → bad"),
        ('title = "镇"\nparent = "none"', "没有名为 none 的规则包，现有：bad、root"),
        ('parent = "root"', "规则包 bad 没有写明名称 title"),
        ('title = "镇"\nparent = "root"\n[a]\nx = { value = 1 }', "规则包 bad 中有不认识的参数：x"),
        (
            'title = "镇"\nparent = "root"\n[a]\nproxy_max = { value = 2 }',
            "参数 proxy_max 没有写明来源 source 以及是否核对 confirmed",
        ),
        (
            'title = "镇"\nparent = "root"\n[a]\nproxy_max = { value = 2, provision = "nothing" }',
            "参数 proxy_max 引用了不存在的规定：nothing",
        ),
        (
            'title = "镇"\nparent = "root"\n[a]\nproxy_max = { source = "x", confirmed = true }',
            "参数 proxy_max 的值 None 不对，应当是不小于0的整数",
        ),
    ],
)
def test_a_bad_pack_is_refused_in_plain_words(folder, text, message):
    (folder / "bad.toml").write_text(text, "utf-8")
    with pytest.raises(PolicyError) as refused:
        load("bad")
    assert str(refused.value) == message


def test_a_root_pack_must_set_every_key(folder):
    (folder / "bad.toml").write_text('title = "空"', "utf-8")
    with pytest.raises(PolicyError, match="规则包 bad 缺少参数：law_version、province_code"):
        load("bad")


def test_a_file_that_is_not_toml(folder):
    (folder / "bad.toml").write_text("title = ", "utf-8")
    with pytest.raises(PolicyError, match="规则包 bad 不是有效的 TOML 文件"):
        load("bad")
