"""The small words of the templates and what a refused field says."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.template import Context, Template

from elections.templatetags import ui
from elections.templatetags.sentences import sentences

TODAY = date(2026, 12, 9)


def rendered(text: str, **context) -> str:
    return re.sub(r"\s+", " ", Template("{% load ui sentences %}" + text).render(Context({"today": TODAY} | context)))


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html)).strip()


@pytest.mark.parametrize(
    ("day", "tone", "left"),
    [
        (date(2026, 12, 8), "late", "逾期1天"),
        (date(2026, 12, 9), "soon", "今天到期"),
        (date(2026, 12, 12), "soon", "剩3天"),
        (date(2026, 12, 13), "calm", "剩4天"),
    ],
)
def test_a_deadline_has_its_date_and_its_words(day: date, tone: str, left: str):
    html = rendered("{% deadline day kind='法定' %}", day=day)
    assert f"due-{tone}" in html
    assert words(html) == f"法定 {day.month}月{day.day}日前 {left}"
    assert f'datetime="{day.isoformat()}"' in html


def test_a_deadline_in_full_and_with_its_source():
    html = rendered("{% deadline day full=True source='第一条' %}", day=date(2026, 12, 20))
    assert words(html) == "2026年12月20日（星期日）前 剩11天 依据 第一条"
    assert words(rendered("{% deadline day %}", day=None)) == "--"


def test_election_day_is_no_deadline():
    assert words(rendered("{% countdown day %}", day=date(2026, 12, 20))) == "2026年12月20日（星期日） 还有11天"
    assert words(rendered("{% countdown day %}", day=TODAY)) == "2026年12月9日（星期三） 就是今天"
    assert words(rendered("{% countdown day %}", day=date(2026, 12, 8))) == "2026年12月8日（星期二） 已过1天"


def test_every_act_has_a_key_of_its_own():
    keys = re.findall(r'value="([0-9a-f-]{36})"', rendered("{% act_token %}{% act_token %}"))
    assert len(set(keys)) == 2


def test_no_figure_zero_and_ten_thousand_differ():
    assert [ui.cn_count(each) for each in (None, "", 0, 1286, 12_860)] == ["--", "--", "0", "1286", "12,860"]


def test_a_share_stands_with_what_it_is_of():
    assert words(rendered("{% percent 208 312 %}")) == "66.7% 208/312"
    assert rendered("{% percent 0 0 %}") == "--"


def test_dates_of_moments_are_days_in_china():
    moment = datetime(2026, 12, 19, 17, 0, tzinfo=ZoneInfo("UTC"))
    assert [ui.cn_date(moment), ui.cn_date(date(2026, 3, 1)), ui.cn_date(None)] == [
        "2026年12月20日",
        "2026年3月1日",
        "--",
    ]


def test_a_phone_number_is_masked_and_what_is_none_shows_nothing():
    assert [ui.masked_phone(each) for each in ("13800138000", "0793-1234567", "1234", "", None)] == [
        "138****8000", "****", "****", "--", "--",
    ]  # fmt: skip


def test_minutes_of_a_span():
    assert ui.minutes(timedelta(minutes=15)) == 15


class Faulty(forms.Form):
    name = forms.CharField(label="姓名", max_length=5)
    day = forms.DateField(label="日期")
    seats = forms.IntegerField(label="职数", min_value=3, max_value=7)
    group = forms.ChoiceField(label="村民小组", choices=[("1", "第1组")])
    way = forms.ChoiceField(label="方式", choices=[("1", "票决")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="已核对户口簿")
    scan = forms.FileField(label="扫描件")
    own = forms.CharField(label="电话", error_messages={"required": "电话没有填写。请填写能联系上的号码。"})

    def clean_name(self):
        raise forms.ValidationError("姓名中有空格。请去掉空格。")


def said(**data) -> dict[str, list[str]]:
    form = Faulty(data, {})
    form.full_clean()
    return {name: sentences(form[name]) for name in form.fields if form[name].errors}


def test_what_is_empty_is_named():
    assert said() == {
        "name": ["姓名没有填写。请填写。"],
        "day": ["日期没有填写。请填写。"],
        "seats": ["职数没有填写。请填写。"],
        "group": ["村民小组没有选择。请选择一项。"],
        "way": ["方式没有选择。请选择一项。"],
        "sure": ["“已核对户口簿”没有勾选。请核对后勾选。"],
        "scan": ["扫描件没有选择文件。请选择文件。"],
        "own": ["电话没有填写。请填写能联系上的号码。"],
    }


def test_what_is_wrong_says_value_and_limit():
    wrong = said(name="欧阳明明明明", day="3/15", seats="八", group="9")
    assert wrong["name"] == ["姓名有6个字，最多5个字。请删减。"]
    assert wrong["day"] == ["日期“3/15”看不出是哪一天。请写成2026年3月15日或2026-3-15。"]
    assert wrong["seats"] == ["职数“八”不是整数。请只填数字。"]
    assert wrong["group"] == ["村民小组所选的一项不在范围内。请重新选择。"]
    assert said(seats="8")["seats"] == ["职数填了8，最多7。请核对。"]
    assert said(seats="2")["seats"] == ["职数填了2，至少3。请核对。"]
    assert said(name="王芳")["name"] == ["姓名中有空格。请去掉空格。"]


def test_summary_and_field_use_the_same_words():
    form = Faulty({"name": "王芳"}, {})
    html = rendered("{% include '_form.html' %}", form=form)
    assert "有8处需要修改" in html
    assert html.count("日期没有填写。请填写。") == 2
    assert 'href="#id_day"' in html
    assert 'aria-describedby="id_day_error"' in html
    assert 'id="id_day_error"' in html


def test_number_fields_do_not_spin_and_texts_are_not_cut_off():
    html = rendered("{% include '_form.html' %}", form=Faulty())
    assert 'inputmode="numeric"' in html
    assert [word for word in ('type="number"', "maxlength", ' min="') if word in html] == []
