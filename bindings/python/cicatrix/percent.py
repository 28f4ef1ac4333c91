"""Shares and changes as people read them: never an exponent, never a sign before nothing."""

import math

LEAST = 0.1  # per cent; a smaller share is only called small


def share_text(share: float) -> str:
    """A part of a whole, `12 %`, `3.4 %` or `below 0.1 %`; empty for what is not a number."""
    percent = 100.0 * share
    if math.isnan(percent):
        return ""
    if percent == 0.0:
        return "0 %"
    if abs(percent) < LEAST:
        return f"below {LEAST:g} %"
    return f"{percent:.2g} %" if abs(percent) < 99.5 else f"{percent:.0f} %"


def change_text(share: float) -> str:
    """A change with its sign, `+13.2 %`; `0.0 %` where it rounds to nothing, `-` for what is not a number."""
    if math.isnan(share):
        return "-"
    text = f"{100.0 * share:+.1f} %"
    return text if text.strip("+-0. %") else "0.0 %"
