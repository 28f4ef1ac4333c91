"""JSON for other programs, from what the commands have to tell."""

import json
import math
from typing import Any


def print_json(told: Any) -> None:
    """JSON on standard output; what is not a number becomes null, because JSON has no word for it."""
    print(json.dumps(_plain(told), indent=2, ensure_ascii=False))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    return value
