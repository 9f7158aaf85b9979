"""委托投票, 流动票箱投票人员, 代写人: what is typed of them (F5, VT-03, VT-14)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from elections.forms.dates import DateField
from elections.forms.fields import NameField, PlainForm, speak_plainly
from elections.forms.persons import PICKED, NamesPersons, PersonField
from elections.models import Election
from voters.forms.meant import MeantForm, WhoField
from voters.models import ProxyVote, RovingVoter
from voters.selectors.polling import relation_words
from voters.services.proxies import BY_HAND

HOW_TO_NAME = "填写姓名、拼音首字母或者名单序号"


class ProxyForm(MeantForm):
    """A proxy: who is away and why, who votes for them, the relation, the day of the application, who consented."""

    principal = WhoField(label="委托人", help_text=HOW_TO_NAME)
    agent = WhoField(label="受委托人", help_text=HOW_TO_NAME)
    relation = forms.ChoiceField(label="受委托人是委托人的")
    reason = forms.CharField(
        label="不能到场的原因", max_length=100, widget=forms.TextInput({"class": "in-md", "list": "reasons"})
    )
    applied_on = DateField(label="申请日期")
    consented_by = NameField(label="选举委员会经办人")

    def __init__(self, data: Any = None, *, election: Election, today: date, **kwargs: Any):
        super().__init__(data, election=election, **kwargs)
        self.fields["applied_on"].today = today
        self.choose_from("relation", [("", "选择一项"), *relation_words(election).items()])
        speak_plainly(self.fields["relation"], "受委托人与委托人的关系")


class EndingForm(PlainForm):
    """The reason for ending a proxy. ``candidate``: the agent may be a candidate of whom only the name is known, so a
    person says."""

    ending = forms.ChoiceField(label="终止的原因", widget=forms.RadioSelect)

    def __init__(self, *args: Any, candidate: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        offered = (*BY_HAND, ProxyVote.Ending.CANDIDATE) if candidate else BY_HAND
        self.choose_from("ending", [(each.value, each.label) for each in offered])


class RovingForm(MeantForm):
    """A voter who cannot come, the reason, and the box that goes there."""

    person = WhoField(label="投票人", help_text=HOW_TO_NAME)
    why = forms.ChoiceField(label="原因", choices=[("", "选择一项"), *RovingVoter.Why.choices])
    note = forms.CharField(label="情况说明", required=False, max_length=100, widget=forms.TextInput({"class": "in-md"}))
    route = forms.CharField(
        label="路线（票箱）",
        max_length=40,
        help_text="例如：1号箱（1组、2组）",
        widget=forms.TextInput({"class": "in-md", "list": "routes", "autocomplete": "off"}),
    )
    applied_on = DateField(label="申请日期")

    def __init__(self, data: Any = None, *, election: Election, today: date, **kwargs: Any):
        super().__init__(data, election=election, **kwargs)
        self.fields["applied_on"].today = today

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if found.get("why") == RovingVoter.Why.OTHER and not found.get("note"):
            self.add_error("note", "原因是“其他”的，情况说明没有填写。请写明不能到场的情况。")
        return found


class HelperForm(NamesPersons, MeantForm):
    """Who cannot write, and whom he trusts to write for him: he need not be on the roll."""

    asks = (WhoField, PersonField)
    person = WhoField(label="投票人", help_text=HOW_TO_NAME)
    helper = PersonField(label="代写人", help_text="由投票人自己选定的信任的人，候选人不得代写")
    reason = forms.CharField(
        label="原因", max_length=100, help_text="例如：不识字、视力残疾", widget=forms.TextInput({"class": "in-md"})
    )

    def meant_by(self, name: str) -> Any:
        return MeantForm.meant_by(self, name) if name == "person" else super().meant_by(name)

    @property
    def never_in_addresses(self) -> str:
        """Inputs that the live check leaves out: what is typed of the helper."""
        return ",".join(["helper", f"helper{PICKED}", *(field.html_name for field in self.newcomer("helper"))])
