"""The five steps of an import as a clerk walks them."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from elections.models import Election, JournalEntry, Role
from elections.rules.kinds import Standing
from tests.make import VILLAGE
from tests.voters.make_pages import ID, OTHER, address, signed_in, text_of, upload
from tests.voters.make_voters import (
    TODAY,
    a_clerk,
    a_roll_election,
    a_row,
    a_voter,
    table,
    xlsx,
)
from voters.importing.source import SourceTable
from voters.models import RollImport, Voter
from voters.services import imports

pytestmark = pytest.mark.django_db


def test_a_clean_file_is_in_after_five_clicks(election, clerk):
    response = upload(clerk, xlsx(table([a_row(n) for n in range(1, 31)])))
    batch = RollImport.objects.get()
    assert response.redirect_chain[-1][0] == reverse("import_step", args=[batch.pk, 3])
    assert "没有发现问题" in text_of(response)
    confirm = text_of(clerk.get(reverse("import_step", args=[batch.pk, 4])))
    assert "导入30人" in confirm
    done = clerk.post(reverse("import_commit", args=[batch.pk]), {"version": "0"}, follow=True)
    assert "已导入：新增30人，更新0人。" in text_of(done)
    assert Voter.objects.count() == 30


def test_faults_are_grouped_and_repaired_in_place(election, clerk):
    rows = [
        a_row(1),
        a_row(2, 身份证号="99010019800506001"),
        a_row(3, 性别="女"),
        a_row(4, 身份证号="990100199003074000"),
        a_row(1),
    ]
    page = text_of(upload(clerk, xlsx(table(rows))))
    batch = RollImport.objects.get()
    for words in ("身份证号缺少或不对", "性别与身份证号不一致", "身份证号被Excel改动过", "同一个身份证号在文件中重复"):
        assert words in page
    assert not ID.search(page)
    clerk.post(reverse("import_group", args=[batch.pk, "sex"]), {"version": "0"})
    clerk.post(reverse("import_group", args=[batch.pk, "twice"]), {"version": "1"})
    fixed = {"shown": ["3", "5"], "cell-3-1": a_row(2)["身份证号"], "cell-5-1": a_row(4)["身份证号"], "version": "2"}
    page = text_of(clerk.post(reverse("import_rows", args=[batch.pk]), fixed, follow=True))
    assert "下一步：导入4人" in page
    clerk.post(reverse("import_commit", args=[batch.pk]), {"version": "3"})
    assert Voter.objects.count() == 4


def test_a_column_that_was_not_recognised_is_pointed_out(election, clerk):
    rows = [[a_row(n)["姓名"], a_row(n)["身份证号"], f"{n}组"] for n in range(1, 4)]
    response = upload(clerk, xlsx([["姓名", "号码栏", "性别"], *rows]))
    batch = RollImport.objects.get()
    assert response.redirect_chain[-1][0] == reverse("import_step", args=[batch.pk, 2])
    page = text_of(response)
    assert "号码栏" in page
    assert page.count("自动识别") == 2
    assert not ID.search(page)
    chosen = {"column_0": "0", "column_1": "1", "column_4": "2", "version": "0"}
    twice = clerk.post(reverse("import_columns", args=[batch.pk]), chosen | {"column_5": "2"})
    assert twice.status_code == 422
    page = text_of(clerk.post(reverse("import_columns", args=[batch.pk]), chosen, follow=True))
    assert "没有发现问题" in page


def test_pasted_rows(election, clerk):
    text = "\n".join("\t".join(map(str, row)) for row in table([a_row(1), a_row(2)]))
    response = clerk.post(address("roll_import"), {"way": "paste", "text": text}, follow=True)
    assert "下一步：导入2人" in text_of(response)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.4", "这个文件不是可以读取的表格"),
        (b"", "名单文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "这个文件不是可以读取的表格"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_at_its_field(election, clerk, data, words):
    response = upload(clerk, data)
    assert response.status_code == 422
    assert words in text_of(response)
    assert RollImport.objects.count() == 0


def test_the_rows_that_need_repair_can_be_taken_with_their_reasons_and_that_is_noted(election, clerk):
    upload(clerk, xlsx(table([a_row(1), a_row(2, 身份证号="990100199003074000")])))
    batch = RollImport.objects.get()
    assert clerk.get(reverse("import_bad_rows", args=[batch.pk])).status_code == 302
    response = clerk.post(reverse("import_take_rows", args=[batch.pk]), {}, follow=True)
    rows = list(load_workbook(BytesIO(response.content)).active.values)
    assert rows[0][-2:] == ("错误原因", "原行号")
    assert [rows[1][0], rows[1][1]] == [a_row(2)["姓名"], "990100199003074000"]
    assert "后三位是000" in rows[1][-2]
    assert rows[1][-1] == "3"
    assert JournalEntry.objects.filter(act="roll.import_rows_downloaded").count() == 1


def test_what_is_typed_is_kept_without_pressing_anything(election, clerk):
    upload(clerk, xlsx(table([a_row(1), a_row(2, 身份证号="12345")])))
    batch = RollImport.objects.get()
    typed = {"shown": "3", "cell-3-1": a_row(2)["身份证号"], "version": "0"}
    answer = clerk.post(reverse("import_rows", args=[batch.pk]), typed, headers={"X-Autosave": "1"})
    assert answer.json() == {"version": 1}
    assert "下一步：导入2人" in text_of(clerk.get(reverse("import_step", args=[batch.pk, 3])))


def test_a_large_file_waits_on_its_page(election, clerk, monkeypatch):
    monkeypatch.setattr("voters.forms.imports.LARGE_FROM", 10)
    page = text_of(upload(clerk, xlsx(table([a_row(1)]))))
    assert "读取选民名单" in page
    assert "读完后继续" in page
    batch = RollImport.objects.get()
    assert clerk.get(reverse("import_step", args=[batch.pk, 3])).status_code == 302


def test_the_same_file_once_more_is_told_to_be_known(election, clerk):
    data = xlsx(table([a_row(1), a_row(2)]))
    upload(clerk, data)
    first = RollImport.objects.get()
    clerk.post(reverse("import_commit", args=[first.pk]), {"version": "0"})
    page = text_of(upload(clerk, data))
    assert "这个文件以前已经导入过，名单没有变化，不需要再导入。" in page
    assert "没有可以导入的行" in page
    imports.undo_import(first, actor=a_clerk())
    again = RollImport.objects.exclude(pk=first.pk).get()
    assert "以前已经导入过" not in text_of(clerk.get(reverse("import_step", args=[again.pk, 3])))


def test_the_roll_of_the_last_term_is_copied_by_one_press_and_looked_through(election, clerk):
    from elections.models import Cycle

    imports.import_roll(
        election, SourceTable.read(xlsx(table([a_row(1), a_row(2)])), "x"), actor=a_clerk(), today=TODAY
    )
    assert "复制上届名单" not in text_of(clerk.get(address("roll_import")))
    cycle = election.cycle
    following = Cycle.objects.create(
        county=cycle.county, name="下一届", term_no=13, starts_on=date(2026, 11, 1), ends_on=date(2027, 6, 30),
        pack=cycle.pack,
    )  # fmt: skip
    now = a_roll_election(attempt=1)
    now.cycle = following
    now.save()
    page = text_of(clerk.get(address("roll_import")))
    assert "复制上届名单" in page
    answer = clerk.post(address("roll_import"), {"way": "last_term"}, follow=True)
    assert "下一步：导入2人" in text_of(answer)
    assert "上届名单（测试换届）" in text_of(answer)
    batch = RollImport.objects.get(election=now)
    clerk.post(reverse("import_commit", args=[batch.pk]), {"version": "0"})
    assert Voter.objects.filter(election=now).count() == 2


def test_names_sort_by_their_sound(election, clerk):
    for serial, name in ((1, "王芳"), (2, "丁一"), (3, "李强")):
        a_voter(election, serial, 姓名=name)
    page = text_of(clerk.get(address("roll"), {"sort": "name"}))
    assert page.index("丁一") < page.index("李强") < page.index("王芳")


def test_undoing_an_import_from_its_page(election, clerk):
    upload(clerk, xlsx(table([a_row(1)])))
    batch = RollImport.objects.get()
    clerk.post(reverse("import_commit", args=[batch.pk]), {"version": "0"})
    assert "撤销本次导入" in text_of(clerk.get(reverse("import_step", args=[batch.pk, 5])))
    clerk.post(reverse("import_undo", args=[batch.pk]))
    assert Voter.objects.count() == 0


def test_an_import_is_not_undone_once_the_election_stands_still(election, clerk):
    upload(clerk, xlsx(table([a_row(1)])))
    batch = RollImport.objects.get()
    clerk.post(reverse("import_commit", args=[batch.pk]), {"version": batch.version})
    listed = Voter.objects.count()
    Election.objects.update(standing=Standing.SUSPENDED)
    answer = clerk.post(reverse("import_undo", args=[batch.pk]))
    assert answer.status_code == 409
    assert "本次选举已暂缓，不能再修改" in text_of(answer)
    assert (Voter.objects.count(), RollImport.objects.get().state) == (listed, RollImport.State.DONE)


@pytest.mark.parametrize("name", ["import_columns", "import_sheet", "import_returned", "import_again"])
def test_an_import_whose_table_is_gone_says_so(election, clerk, name):
    """The back button leads to its steps long after it was given up."""
    upload(clerk, xlsx(table([a_row(1)])))
    batch = RollImport.objects.get()
    clerk.post(reverse("import_drop", args=[batch.pk]))
    answer = clerk.post(reverse(name, args=[batch.pk]), {"version": batch.version})
    assert answer.status_code == 409
    assert f"这次导入{RollImport.State.DROPPED.label}，不能再改。请返回名单查看。" in text_of(answer)


def test_what_was_left_over_can_be_gone_on_with(election, clerk):
    upload(clerk, xlsx(table([a_row(1), a_row(2, 身份证号="12345")])))
    first = RollImport.objects.get()
    clerk.post(reverse("import_commit", args=[first.pk]), {"version": "0"})
    response = clerk.post(reverse("import_again", args=[first.pk]), follow=True)
    page = text_of(response)
    assert "与名单相同" in page
    assert "12*45" in page or "身份证号是5位" in page


def test_the_record_of_imports_lists_those_in_reach(election, clerk):
    upload(clerk, xlsx(table([a_row(1)])))
    assert "名单.xlsx" in text_of(clerk.get("/import/"))
    assert "名单.xlsx" in text_of(signed_in(Role.TOWNSHIP).get("/import/"))
    assert "名单.xlsx" not in text_of(signed_in(Role.VILLAGE, OTHER).get("/import/"))


def test_the_list_is_printed_before_it_is_posted_and_says_that_it_is_not(election, clerk):
    a_voter(election, 1, 村民小组="2组")
    a_voter(election, 2, 村民小组="10组")
    page = text_of(clerk.get(address("roll_print")))
    assert "不得张贴" in page
    assert page.index("2组") < page.index("10组")
    assert not ID.search(page)
    assert reverse("roll_print", args=[VILLAGE]) in text_of(clerk.get(address("roll")))


def test_rows_made_by_hand_and_rows_that_were_doubtful_are_found_by_their_flag(election, clerk):
    imports.import_roll(election, SourceTable.read(xlsx(table([a_row(1)])), "x"), actor=a_clerk(), today=TODAY)
    a_voter(election, 2)
    Voter.objects.filter(name=a_row(1)["姓名"]).update(checked=True)
    by_hand, checked = (text_of(clerk.get(address("roll"), {"standing": flag})) for flag in ("by_hand", "checked"))
    assert a_row(2)["姓名"] in by_hand
    assert a_row(1)["姓名"] not in by_hand
    assert a_row(1)["姓名"] in checked
    assert a_row(2)["姓名"] not in checked


def test_rows_skipped_on_purpose_are_not_left_over(election, clerk):
    upload(clerk, xlsx(table([a_row(1), a_row(1), a_row(2, 身份证号="12345")])))
    batch = RollImport.objects.get()
    clerk.post(reverse("import_group", args=[batch.pk, "twice"]), {"version": "0"})
    page = text_of(clerk.get(reverse("import_step", args=[batch.pk, 3])))
    assert "<dt>需修改</dt><dd>1</dd>" in page
    assert "<dt>不导入</dt><dd>1</dd>" in page
    end = text_of(clerk.post(reverse("import_commit", args=[batch.pk]), {"version": "1"}, follow=True))
    assert "继续处理其余1行" in end
    assert "名单公布前可以撤销" in end


def two_sheets() -> bytes:
    book, out = Workbook(), BytesIO()
    for title, rows in (("一组", table([a_row(1)])), ("二组", table([a_row(2)])), ("封面", [["石门村选民登记表"]])):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    book.save(out)
    return out.getvalue()


def test_another_sheet_is_chosen_by_page(election, clerk):
    upload(clerk, two_sheets())
    batch = RollImport.objects.get()
    page = text_of(clerk.get(reverse("import_step", args=[batch.pk, 2])))
    assert all(name in page for name in ("一组", "二组", "封面"))
    choose = reverse("import_sheet", args=[batch.pk])
    assert clerk.post(choose, {"sheet": "三组", "version": "0"}).status_code == 404
    done = clerk.post(choose, {"sheet": "二组", "version": "0"}, follow=True)
    assert done.redirect_chain == [(reverse("import_step", args=[batch.pk, 2]), 302)]
    refused = text_of(clerk.post(choose, {"sheet": "封面", "version": "1"}, follow=True))
    assert "“封面”：" in refused
    clerk.post(reverse("import_commit", args=[batch.pk]), {"version": "1"})
    assert [voter.name for voter in Voter.objects.all()] == [a_row(2)["姓名"]]


def test_a_step_that_there_is_not_and_a_form_without_its_version_do_not_exist(election, clerk):
    upload(clerk, xlsx(table([a_row(1)])))
    batch = RollImport.objects.get()
    assert clerk.get(reverse("import_step", args=[batch.pk, 6])).status_code == 404
    assert clerk.post(reverse("import_rows", args=[batch.pk]), {"shown": "2"}).status_code == 404
