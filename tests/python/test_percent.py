"""Shares and changes in texts: no exponent, no sign before nothing, and never further off than their last digit."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cicatrix.percent import change_text, share_text


def number_in(text: str) -> float:
    return float(text.removesuffix(" %"))


@given(st.floats(0.0, 10.0))
def test_a_share_has_no_exponent_and_is_right_to_a_twentieth(share: float) -> None:
    text = share_text(share)
    assert text.endswith(" %")
    assert "e" not in text.removeprefix("below")
    if text.startswith("below"):
        assert 0.0 < 100.0 * share < 0.1
    else:
        assert number_in(text) == pytest.approx(100.0 * share, rel=0.05)


@given(st.floats(-10.0, 10.0))
def test_a_change_has_its_sign_or_is_nothing(share: float) -> None:
    text = change_text(share)
    assert number_in(text) == pytest.approx(100.0 * share, abs=0.0501)
    assert (text[0] in "+-") == (number_in(text) != 0.0)
    assert not number_in(text) or (text[0] == "-") == (share < 0.0)


def test_nothing_and_next_to_nothing_are_told_apart() -> None:
    assert share_text(0.0) == "0 %"
    assert share_text(3.7e-9) == "below 0.1 %"
    assert change_text(-1e-9) == change_text(0.0) == "0.0 %"


def test_what_is_not_a_number_is_not_told_as_one() -> None:
    assert share_text(math.nan) == ""
    assert change_text(math.nan) == "-"
