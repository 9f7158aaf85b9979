"""The site's settings with a folder of its own, quick password hashes and no collected static files.

The engine is that of DATABASE_URL; without it an SQLite file, so that several processes can share it.
"""

import atexit
import os
import shutil
import tempfile
from copy import deepcopy

if "TEST_FOLDER" not in os.environ:  # workers of the test run and processes started by tests inherit the folder
    os.environ["TEST_FOLDER"] = tempfile.mkdtemp(prefix="huanjie-test-")
    atexit.register(shutil.rmtree, os.environ["TEST_FOLDER"], ignore_errors=True)
os.environ["VAR_DIR"] = os.environ["TEST_FOLDER"]
os.environ["DEMO"] = "1"
os.environ.setdefault("LOG_LEVEL", "WARNING")

from config.settings import *  # noqa: F403
from config.settings import ALLOWED_HOSTS, DATABASES, VAR_DIR

ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
DATABASES = deepcopy(DATABASES)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"].setdefault("TEST", {})["NAME"] = str(VAR_DIR / "test.sqlite3")
    # A test database need not outlive a power cut.
    options = DATABASES["default"]["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
