"""The compiler refuses a model that misspells, doubles or forgets a name."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

TABLE = """
#include <array>
#include "cicatrix/model/concepts.hpp"
using namespace cicatrix;
inline constexpr std::array colours{State{"red", "1", "what is red"}, State{"blue", "1", "what is blue"}};
inline constexpr Values<colours, double> y{{1.0, 2.0}};
"""
ENGLISH = os.environ | {"LC_ALL": "C"}


@dataclass(frozen=True)
class Line:
    """A line that compiles, one mistake in it, and what the compiler then says."""

    right: str
    wrong: str
    complaint: str


LINES = {
    "a misspelt name is picked": Line('pick<"red", "blue">(y);', 'pick<"red", "bleu">(y);', "no entry of this name"),
    "a misspelt name is picked from named values": Line(
        'pick<"a">(named<"a", "b">(1, 2));', 'pick<"c">(named<"a", "b">(1, 2));', "no entry of this name"
    ),
    "more values are taken than names": Line(
        'const auto [a, b] = pick<"red", "blue">(y);',
        'const auto [a, b] = pick<"red">(y);',
        "decomposes into 1 element",
    ),
    "a misspelt name is collected": Line(
        'collect<colours>(named<"red", "blue">(1, 2));', 'collect<colours>(named<"red", "bleu">(1, 2));', "only once"
    ),
    "a name is collected twice": Line(
        'collect<colours>(named<"red", "blue">(1, 2));', 'collect<colours>(named<"red", "red">(1, 2));', "only once"
    ),
    "a name is collected from two parts": Line(
        'collect<colours>(named<"red">(1), named<"blue">(2));',
        'collect<colours>(named<"red">(1), named<"blue", "red">(2, 3));',
        "only once",
    ),
    "a name is not collected": Line(
        'collect<colours>(named<"red", "blue">(1, 2));', 'collect<colours>(named<"blue">(2));', "only once"
    ),
    "a value has no name": Line('named<"red", "blue">(1, 2);', 'named<"red", "blue">(1);', "as many values as names"),
    "a misspelt name is among values of one type": Line(
        'collect_values<colours, "red", "blue">(1.0, 2.0);',
        'collect_values<colours, "red", "bleu">(1.0, 2.0);',
        "no entry of this name",
    ),
    "a name is twice among values of one type": Line(
        'collect_values<colours, "red", "blue">(1.0, 2.0);',
        'collect_values<colours, "red", "red">(1.0, 2.0);',
        "once",
    ),
    "a value of one type is missing": Line(
        'collect_values<colours, "red", "blue">(1.0, 2.0);', 'collect_values<colours, "red">(1.0);', "once"
    ),
}


@pytest.fixture(scope="module")
def include(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder from which the headers are included as they are after installation."""
    folder = tmp_path_factory.mktemp("include")
    (folder / "cicatrix").symlink_to(root / "core", target_is_directory=True)
    return folder


def compiled(line: str, include: Path) -> subprocess.CompletedProcess[str]:
    """What the compiler says to a function with one line in it."""
    compiler = shutil.which(os.environ.get("CXX", "c++"))
    if compiler is None:
        pytest.skip("there is no C++ compiler")
    command = [compiler, "-std=c++20", "-fsyntax-only", f"-I{include}", "-x", "c++", "-"]
    source = f"{TABLE}\nvoid model() {{ {line} }}\n"
    return subprocess.run(command, input=source, capture_output=True, text=True, check=False, env=ENGLISH)


@pytest.mark.parametrize("right", sorted({line.right for line in LINES.values()}))
def test_what_is_named_rightly_compiles(right: str, include: Path) -> None:
    done = compiled(right, include)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("mistake", LINES)
def test_it_does_not_compile_when(mistake: str, include: Path) -> None:
    line = LINES[mistake]
    done = compiled(line.wrong, include)
    assert done.returncode != 0
    assert line.complaint in done.stderr
