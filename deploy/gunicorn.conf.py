"""gunicorn for the demonstration and for production alike. Every value may be set from the environment."""

import os
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("STATEMENT_TIMEOUT_MS", "5000")  # a page never holds the database longer

from config import logs

bind = os.environ.get("BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSES", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 20
keepalive = 5
max_requests = 5_000
max_requests_jitter = 500
preload_app = True  # one import for all processes; a wrong setting stops the start, not the first request
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
control_socket_disable = True
limit_request_line = 2_048
forwarded_allow_ips = ""  # the application itself counts the trusted proxies (TRUSTED_PROXIES)

# The application logs each request as JSON without its query; gunicorn's own access log would print addresses whole.
accesslog = None
logconfig_dict = logs.configuration(os.environ.get("LOG_LEVEL", "INFO"))
logconfig_dict["loggers"]["gunicorn.error"] = {"level": "INFO", "propagate": True, "handlers": []}
logconfig_dict["loggers"]["gunicorn.access"] = {"level": "CRITICAL", "propagate": False, "handlers": []}


def post_fork(server, worker):
    """A database connection must not be shared by two processes."""
    from django.db import connections

    connections.close_all()
