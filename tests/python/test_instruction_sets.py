"""Code for newer processors stays inside the kernels that are chosen at run time; nothing else may come to use it."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from pathlib import Path

import pytest

import cicatrix._core

LEVELS = ("x86_64_v3", "x86_64_v4")
OWN_NAME = re.compile(r"\.x86_64_v[34]$")
ENTRY = re.compile(r"LNS_14InstructionSetE[12]E")  # the template argument that tells the entries of levels apart
FUNCTION = re.compile(r"^[0-9a-f]+ <([^>]+)>:$")
# What AVX and BMI added: everything with the prefix of the former begins with a v.
NEWER = re.compile(r"\t(?:v[a-z0-9]+|andn|bextr|bls(?:i|r|msk)|bzhi|lzcnt|movbe|mulx|pdep|pext|rorx|sarx|shlx|shrx)\b")


def output(*command: str | Path) -> str:
    """The standard output of a tool of the compiler; without the tool there is nothing to look at."""
    tool = shutil.which(command[0])
    if tool is None:
        pytest.skip(f"{command[0]} is not installed")
    return subprocess.run([tool, *command[1:]], capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def library() -> Path:
    """The static library of the current build, if it holds kernels for several instruction sets."""
    build = os.environ.get("CICATRIX_BUILD")
    if build is None:
        pytest.skip("CICATRIX_BUILD does not name a build folder")
    path = Path(build) / "core" / "libcicatrix_core.a"
    if not all(level in output("ar", "t", path) for level in LEVELS):
        pytest.skip("the kernels are compiled for one instruction set alone")
    return path


def members(library: Path, listing: str) -> dict[str, list[str]]:
    """What a tool lists of each object in a library that belongs to a level."""
    parts = re.split(r"^(?:File: )?\S*?\(?([\w.]+\.o)[\])]*:?$", listing, flags=re.MULTILINE)
    return {
        name: text.splitlines()
        for name, text in zip(parts[1::2], parts[2::2], strict=True)
        if any(level in name for level in LEVELS)
    }


def test_each_kernel_is_there_once_for_each_level(library: Path) -> None:
    names = output("ar", "t", library).split()
    kernels = {name.split(".")[0] for name in names if name.endswith(f".{LEVELS[0]}.o")}
    assert kernels
    for kernel in kernels:
        copies = [name for name in names if name.startswith(f"{kernel}.")]
        assert sorted(copies) == [f"{kernel}.cpp.o", *(f"{kernel}.{level}.o" for level in LEVELS)]


def test_no_symbol_of_a_level_can_be_taken_for_that_of_another(library: Path) -> None:
    objects = members(library, output("nm", "--format=posix", library))
    assert objects
    for name, lines in objects.items():
        symbols = [line.split()[:2] for line in lines if len(line.split()) > 1]
        entries = [symbol for symbol, kind in symbols if kind not in "Uvw" and not OWN_NAME.search(symbol)]
        assert entries or not symbols, name  # lanes of some width are not for every level
        assert all(kind == "T" for symbol, kind in symbols if symbol in entries), name
        assert all(ENTRY.search(symbol) for symbol in entries), (name, entries)


def test_no_group_that_the_linker_merges_keeps_its_plain_name(library: Path) -> None:
    objects = members(library, output("readelf", "--wide", "--section-groups", library))
    groups = [line for lines in objects.values() for line in lines if line.startswith("COMDAT")]
    assert len(groups) > len(objects)
    plain = [line for line in groups if not re.search(r"\.x86_64_v[34]\]", line)]
    assert not plain


def test_nothing_but_the_kernels_of_a_level_uses_its_instructions() -> None:
    if platform.machine() != "x86_64":
        pytest.skip("another kind of processor")
    function = ""
    culprits: set[str] = set()
    kernels: set[str] = set()
    for line in output("objdump", "-d", "--no-show-raw-insn", cicatrix._core.__file__).splitlines():
        if head := FUNCTION.match(line):
            function = head.group(1)
        elif NEWER.search(line):
            (kernels if OWN_NAME.search(function) or ENTRY.search(function) else culprits).add(function)
    if not kernels:
        pytest.skip("the extension has no symbols, or one instruction set alone")
    assert not culprits


def test_no_kernel_fuses_a_multiplication_with_an_addition() -> None:
    fused = re.compile(r"\tv?f(n?m(add|sub)|maddsub|msubadd)|\tvfm|\tvfnm")
    lines = output("objdump", "-d", "--no-show-raw-insn", cicatrix._core.__file__).splitlines()
    assert len(lines) > 1000
    assert not [line for line in lines if fused.search(line)]
