"""JSON logs, one event a line, in which no id number can stand."""

import re
from collections.abc import ItemsView
from typing import Any

import structlog
from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter
from django_structlog.middlewares import RequestMiddleware

ID_NUMBER = re.compile(r"\d{17}[\dXxＸｘ]")
HIDDEN = "******"


def without_id_numbers(value: Any) -> Any:
    """Return the value with every run that could be an id number replaced, at any depth."""
    if isinstance(value, str):
        return ID_NUMBER.sub(HIDDEN, value)
    if isinstance(value, dict):
        return {without_id_numbers(key): without_id_numbers(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [without_id_numbers(item) for item in value]
    if value is None or isinstance(value, (bool, float)):
        return value
    text = str(value)
    hidden = ID_NUMBER.sub(HIDDEN, text)
    return value if isinstance(value, int) and hidden == text else hidden


def hide_id_numbers(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Hide id numbers as the last step before an event becomes text: whatever came in, none goes out."""
    return {key: without_id_numbers(item) for key, item in event.items()}


class RequestLog(RequestMiddleware):
    """One event when a request comes and one when it is answered, without its query: searches hold names."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return f"{request.method} {request.path}"


class WithoutValues(SafeExceptionReporterFilter):
    """Error reports without the values of variables: they may hold people's data."""

    def get_traceback_frame_variables(self, request: Any, tb_frame: Any) -> ItemsView[str, Any]:
        return dict.fromkeys(tb_frame.f_locals, self.cleansed_substitute).items()

    def get_post_parameters(self, request: Any) -> dict[str, Any]:
        return dict.fromkeys(request.POST, self.cleansed_substitute) if request else {}


BEFORE: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]
LAST: list[Any] = [
    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
    structlog.processors.format_exc_info,
    hide_id_numbers,
    structlog.processors.JSONRenderer(ensure_ascii=False),
]


def configuration(level: str) -> dict[str, Any]:
    """Return Django's LOGGING: everything through one JSON formatter to standard error."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *BEFORE[:4],
            BEFORE[5],
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": BEFORE,
                "processors": LAST,
            },
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            "celery.beat": {"level": "WARNING"},  # one line every half minute
            "celery.app.trace": {"level": "WARNING"},  # at INFO it prints what tasks return
            "celery.worker.strategy": {"level": "WARNING"},  # at INFO it prints what tasks receive
            "fontTools": {"level": "WARNING"},
            "weasyprint": {"level": "ERROR"},
        },
    }
