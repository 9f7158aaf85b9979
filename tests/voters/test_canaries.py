"""Numbers of people stand nowhere but under seal: not in logs, journal, session, acts, jobs, addresses, pages."""

import logging
import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from elections.models import Role
from tests.client import Browser
from tests.make import VILLAGE, a_user
from tests.voters.make_voters import TODAY, a_roll_election, a_row, table, xlsx
from voters.models import RollImport, Voter

pytestmark = pytest.mark.django_db
PHONE = "13912345678"


def everything_in_the_database() -> str:
    """All values of all tables as one text; bytes as they are and as hex."""
    found = []
    with connection.cursor() as cursor:
        for table_name in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table_name}"')
            for row in cursor.fetchall():
                for value in row:
                    if isinstance(value, (bytes, memoryview)):
                        value = bytes(value).hex() + bytes(value).decode("latin-1")
                    found.append(str(value))
    return "\n".join(found)


def test_a_whole_registration_leaves_no_number_behind(caplog):
    a_roll_election()
    clerk = Browser()
    clerk.force_login(a_user(Role.VILLAGE), backend="django.contrib.auth.backends.ModelBackend")
    rows = [a_row(n, 电话=PHONE, 住址="石门村暗号7号") for n in range(1, 6)]
    rows += [a_row(6, 身份证号="990100199003074000"), a_row(7, 性别="女"), a_row(8, 身份证号="99010019560908")]
    pages: list[str] = []

    def go(method: str, address: str, data=None) -> None:
        response = getattr(clerk, method)(address, data or {}, follow=True)
        pages.append(response.content.decode("utf-8", "replace") if "html" in response["Content-Type"] else "")
        pages.extend(url for url, _ in response.redirect_chain)

    with time_machine.travel(f"{TODAY}T09:00:00+08:00", tick=True), caplog.at_level(logging.DEBUG):
        file = SimpleUploadedFile(f"名单{rows[0]['身份证号']}.xlsx", xlsx(table(rows)))
        go("post", reverse("roll_import", args=[VILLAGE]), {"way": "upload", "file": file})
        batch = RollImport.objects.get()
        for step in (2, 3, 4):
            go("get", reverse("import_step", args=[batch.pk, step]))
        go(
            "post",
            reverse("import_rows", args=[batch.pk]),
            {"shown": "9", "cell-9-1": a_row(8)["身份证号"], "version": 0},
        )
        go("post", reverse("import_commit", args=[batch.pk]), {"version": 1})
        voter = Voter.objects.first()
        for name in ("voter", "voter_edit", "voter_omission"):
            go("get", reverse(name, args=[VILLAGE, voter.pk]))
        go("get", reverse("roll", args=[VILLAGE]))
        go("post", reverse("voter_new", args=[VILLAGE]), {"name": "王芳", "category": "CAT1", "phone": PHONE})
    secrets = [row["身份证号"] for row in rows] + [PHONE, "石门村暗号7号", "990100199003074000"]
    for secret in secrets:
        assert secret not in caplog.text
        assert secret not in everything_in_the_database()
    shown = "\n".join(pages)
    for secret in secrets[:-2]:
        assert secret not in re.sub(r'name="(phone|address)"[^>]*>', "", shown).replace(f'value="{PHONE}"', "")
