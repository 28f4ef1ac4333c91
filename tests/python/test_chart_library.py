"""The charting library that pages carry within them is the published one, with its licence, and reaches the package."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

import cicatrix

# Of the files in uplot-1.6.32.tgz as npm gives it.
PUBLISHED = {
    "LICENSE": "8f989229699b4fe2f1a0432d0e9edc338a8a911e250e2d1b01ecd770a5f5b1bd",
    "uPlot.iife.min.js": "19c8d4c6ad88929a79f4ae49d6f7161566dfd0ba3d15cc495e974f787eb78f1f",
    "uPlot.min.css": "df630c6a8d6f8eeaff264b50f73ce5b114f646ffd9a0bb74f049b0a00135fa04",
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_library_is_the_published_one(name: str, root: Path) -> None:
    held = (root / "bindings" / "charts" / "uplot" / name).read_bytes()
    assert hashlib.sha256(held).hexdigest() == PUBLISHED[name]


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_package_carries_the_library(name: str) -> None:
    held = (Path(cicatrix.__file__).parent / "charts" / "uplot" / name).read_bytes()
    assert hashlib.sha256(held).hexdigest() == PUBLISHED[name]


def test_a_page_that_carries_the_library_carries_its_licence(root: Path, result_page: str) -> None:
    licence = (root / "bindings" / "charts" / "uplot" / "LICENSE").read_text().strip()
    (notice,) = [told for told in re.findall(r"<!--(.*?)-->", result_page, re.DOTALL) if "uPlot" in told]
    assert licence in notice
    assert result_page.index(notice) < result_page.index("var uPlot=")


def test_the_notice_holds_its_licence_word_for_word(root: Path) -> None:
    carried = " ".join((root / "bindings" / "charts" / "uplot" / "LICENSE").read_text().split())
    notice = " ".join((root / "NOTICE").read_text().split())
    assert "uPlot 1.6.32" in notice
    assert carried[carried.index("Copyright") :] in notice
