"""Settings: one file for every way of running.

Without `SECRET_KEY` in the environment this is a demonstration on one computer: keys are
made under var/keys, SQLite and a broker of plain files need no service, plain HTTP is
allowed. With `SECRET_KEY` it is production: nothing is made up, and `check --deploy`
(config/checks.py) must pass before the first request. Variables are listed in deploy/README.md.
"""

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from config import keys, logs

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- What kind of site this is ---------------------------------------------------------

DEMO = env.bool("DEMO", default="SECRET_KEY" not in env.ENVIRON)
DEBUG = env.bool("DEBUG", default=False)
TLS = env.bool("TLS", default=not DEMO)  # False on a county intranet without certificates: a red banner says so
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)  # reverse proxies in front of gunicorn
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEMO else [])
SITE_URL = env.str("SITE_URL", default="http://localhost:8000")  # printed in the QR code of every paper
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# --- Folders and keys ------------------------------------------------------------------

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
KEYS_DIR = Path(env.str("KEYS_DIR", default=str(VAR_DIR / "keys")))
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
BROKER_DIR = VAR_DIR / "broker"
FONTS_DIR = BASE_DIR / "var" / "fonts"  # fonts that no Debian package installs; deploy/setup.sh fills it
FILE_UPLOAD_TEMP_DIR = VAR_DIR / "tmp"
for folder in (VAR_DIR, MEDIA_ROOT, STATIC_ROOT, BROKER_DIR / "messages", BROKER_DIR / "control", FILE_UPLOAD_TEMP_DIR):
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)

BACKUP_DIR = Path(env.str("BACKUP_DIR", default=str(VAR_DIR / "backups")))
ID_KEYS_FILE = env.str("ID_KEYS_FILE", default="")  # or the text itself in ID_KEYS; config/keys.py says how
_id_keys = env.str("ID_KEYS", default="")
if DEMO:
    KEYS_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    SECRET_KEY = env.str("SECRET_KEY", default="") or keys.read_or_create(KEYS_DIR / "secret", get_random_secret_key)
    _id_keys = _id_keys or keys.read_or_create(KEYS_DIR / "id_keys", keys.generate)
else:
    SECRET_KEY = env.str("SECRET_KEY")
    _id_keys = _id_keys or Path(ID_KEYS_FILE or "/dev/null").read_text(encoding="ascii")
try:
    ID_KEYS = keys.parse(_id_keys)  # {"encrypt" | "index" | "journal": {version: 32 bytes}}
except keys.KeysError as error:
    raise ImproperlyConfigured(f"ID_KEYS: {error}") from None
CRYPTO_PROFILE = env.str("CRYPTO_PROFILE", default="standard")  # "guomi": SM4 and SM3 for what is written from now on

# --- Application -----------------------------------------------------------------------

INSTALLED_APPS = [
    "elections",
    "audits",
    "voters",
    "candidates",
    "office",
    "config.apps.ConfigConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",  # its templates, which ours go before
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "axes",
    "crispy_bootstrap5",
    "crispy_forms",
    "csp",
    "django_celery_results",
    "django_filters",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_structlog",
    "django_tables2",
    "health_check",
]

MIDDLEWARE = [
    "config.middleware.RequestId",
    "config.middleware.TrueAddress",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.logs.RequestLog",
    "csp.middleware.CSPMiddleware",
    "config.middleware.NoStore",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.SessionLimits",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "elections.middleware.ActMiddleware",  # one form, one act, one transaction
    "elections.refusals.RefusalMiddleware",  # a legal "no" becomes a page with every reason
    "axes.middleware.AxesMiddleware",  # last: it answers for a locked login
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
                "elections.views.shell.shell",
            ],
        },
    },
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
DJANGO_TABLES2_TEMPLATE = "tables/table.html"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # number fields and limits as templates/django says

# --- Language and time: legal days are days in China, wherever the server stands --------

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# --- Database --------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE takes the write lock at the start of a transaction, so that waiting replaces
    # "database is locked"; FULL keeps what was acknowledged through a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    # gunicorn sets a statement limit for pages; worker and commands run without one. Pages ask many small joins in one
    # statement: compiling such a plan (jit) takes ten times as long as running it.
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        connect_timeout=3, options=f"-c jit=off -c statement_timeout={env.int('STATEMENT_TIMEOUT_MS', default=0)}"
    )
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# Small per-process things only. What must be shared or last stands in the database.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- Files -----------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"] if (BASE_DIR / "static").is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# --- Logging in ------------------------------------------------------------------------

AUTH_USER_MODEL = "elections.User"
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["config.passwords.Argon2id"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "config.passwords.LongEnough"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "config.passwords.NotABirthday"},
    {"NAME": "config.passwords.NotAPlaceName"},
]
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
# Roles that must show a code from their phone besides the password ("county", "township", …).
SECOND_FACTOR_FOR = env.list("SECOND_FACTOR_FOR", default=[] if DEMO else ["county", "township"])
OTP_TOTP_ISSUER = "村（社区）“两委”换届工作系统"

AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # a rival cannot lock a clerk out from elsewhere
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "errors/locked.html"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# --- Sessions and cookies --------------------------------------------------------------

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_IDLE = timedelta(minutes=env.int("SESSION_IDLE_MINUTES", default=30))
SESSION_LONGEST = timedelta(hours=8)
SESSION_COOKIE_AGE = int(SESSION_LONGEST.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "__Host-session" if TLS else "session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if TLS else "csrf"
CSRF_FAILURE_VIEW = "config.errors.stale"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Browser ---------------------------------------------------------------------------

SECURE_SSL_REDIRECT = TLS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False  # other offices own the rest of the domain
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # Bootstrap draws its check marks as data: pictures
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}

# --- Background work: Redis rings the doorbell, `Job` rows say what is to be done --------

REDIS_URL = env.str("REDIS_URL", default="")
JOB_LEASE_SECONDS = env.int("JOB_LEASE_SECONDS", default=60)  # without a sign of life a worker is taken for dead
CELERY_TASK_TIME_LIMIT = 1_500
CELERY_TASK_SOFT_TIME_LIMIT = 1_440
REDIS_OPTIONS = {
    "visibility_timeout": 3_600,  # longer than the hard time limit, or a long task would run twice
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_timeout": 2,  # a page that rings at a frozen Redis still answers within three seconds
    "socket_connect_timeout": 2,
    "socket_keepalive": True,
}
FILE_OPTIONS = {
    "data_folder_in": str(BROKER_DIR / "messages"),
    "data_folder_out": str(BROKER_DIR / "messages"),
    "control_folder": str(BROKER_DIR / "control"),
    "polling_interval": 0.1,  # seconds; the default of one would start at most one job a second
}
CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost/"
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = REDIS_OPTIONS if REDIS_URL else FILE_OPTIONS
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 3
CELERY_TASK_PUBLISH_RETRY = False  # a page never waits for the broker; the reconciler rings again
CELERY_RESULT_BACKEND = "django-db"
CELERY_TASK_IGNORE_RESULT = True  # the Job row is the result
CELERY_TASK_STORE_ERRORS_EVEN_IF_IGNORED = False
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = env.int("WORKER_PROCESSES", default=1)
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 1_000_000  # KiB
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat")
DJANGO_STRUCTLOG_CELERY_ENABLED = True
# The Job row tells when a task ran; the log tells only what went wrong.
DJANGO_STRUCTLOG_CELERY_TASK_START_LOG_LEVEL = DJANGO_STRUCTLOG_CELERY_TASK_SUCCESS_LOG_LEVEL = logging.DEBUG

# --- Logs ------------------------------------------------------------------------------

LOGGING = logs.configuration(level=env.str("LOG_LEVEL", default="INFO"))
DEFAULT_EXCEPTION_REPORTER_FILTER = "config.logs.WithoutValues"
