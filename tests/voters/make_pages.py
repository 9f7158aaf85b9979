"""Browsers, addresses and forms for the tests of the roll’s pages."""

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from elections.models import Role
from tests.client import Browser
from tests.make import VILLAGE, a_user
from tests.voters.make_voters import TODAY, a_clerk, a_row
from voters.services.objections import receive_objection

OTHER = "990100101202"
POSTED: dict[str, Any] = {"place": "公开栏", "posted_by": "甲"}
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
ID = re.compile(r"990100\d{11}[\dX]|990100 \d{8} \d{3}[\dX]")


def signed_in(role=Role.VILLAGE, code=None) -> Browser:
    browser = Browser()
    browser.force_login(a_user(role, code), backend="django.contrib.auth.backends.ModelBackend")
    return browser


def address(name, *rest):
    return reverse(name, args=[VILLAGE, *rest])


def text_of(response) -> str:
    return response.content.decode()


def a_form(serial=1, **fields):
    row = a_row(serial)
    known = {
        "name": row["姓名"], "id_number": row["身份证号"], "group": "1组", "household": "1", "category": "CAT1",
        "ethnicity": "", "party": "", "phone": "", "address": "", "remark": "",
    }  # fmt: skip
    return known | fields


def upload(browser, data, name="名单.xlsx", follow=True):
    file = SimpleUploadedFile(name, data)
    return browser.post(address("roll_import"), {"way": "upload", "file": file}, follow=follow)


def an_objection(election, person="甲乙"):
    return receive_objection(
        election, person=person, objector="丙", matter="漏登", received_on=TODAY, voter=None, actor=a_clerk(),
        today=TODAY,
    )  # fmt: skip
