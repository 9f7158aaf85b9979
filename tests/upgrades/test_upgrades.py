"""What an earlier release left in its database is read by this one as it stood: text, seals, chains, fingerprints."""

import json
import os
import subprocess
import sys

import pytest

from tests.house import ROOT
from tests.voters.test_upgrade import a_database


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("release", ["release-0.2"])
def test_everything_an_earlier_release_recorded_can_be_read(release, tmp_path):
    with a_database(tmp_path) as url:
        done = subprocess.run(
            [sys.executable, "-m", "tests.upgrades.replay", release],
            cwd=ROOT, env={**os.environ, "DATABASE_URL": url, "TEST_FOLDER": str(tmp_path)},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "changed": [], "journal": [], "sealed": [], "papers": [], "rolls": [], "rounds": [], "pages": [], "persons": [],
    }  # fmt: skip
