"""The one text of a value: what is stored, hashed and compared."""

import json
from typing import Any


def canonical(value: Any) -> str:
    """Write JSON with sorted keys, no spaces, characters as they are. Raises `ValueError` for what JSON has no number
    for."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
