"""Result files that were cut or changed by a disk: they are refused, or read as they were, and never read wrongly."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from faults.command import cicatrix, names_in

# Opens one damaged copy after the other, outside of the tests because the library below may crash. Each line of the
# input holds a place, how many bytes are replaced there, and the new ones in hexadecimal digits.
OPENS = """
import json, sys
from pathlib import Path
import cicatrix as cx
from cicatrix.comparison import differing_bits

whole, copy = Path("whole.nc").read_bytes(), Path("copy.nc")
first = cx.open("whole.nc")

def told():
    try:
        course = cx.open(copy)
    except cx.FileError as error:
        return error.fault if str(copy) in str(error) else str(error)
    except Exception as error:
        return repr(error)
    return "different" if differing_bits(first, course) or course.attrs != first.attrs else "same"

for at, count, digits in map(json.loads, sys.stdin):
    copy.write_bytes(whole[:at] + bytes.fromhex(digits) + whole[at + count:])
    print(told(), flush=True)
"""
Damage = tuple[int, int, str]


def openings(whole: bytes, damages: list[Damage], folder: Path) -> list[str]:
    """What opening tells of a copy with each of the damages."""
    (folder / "whole.nc").write_bytes(whole)
    lines = "".join(json.dumps(damage) + "\n" for damage in damages)
    ended = subprocess.run(
        [sys.executable, "-c", OPENS], cwd=folder, input=lines, capture_output=True, text=True, timeout=120
    )
    told = ended.stdout.splitlines()
    assert ended.returncode == 0, f"{damages[len(told)]}: {ended.returncode}, {ended.stderr}"
    return told


def flipped(whole: bytes, bit: int) -> Damage:
    """One bit turned over."""
    return bit // 8, 1, f"{whole[bit // 8] ^ 1 << bit % 8:02x}"


def cut(whole: bytes, at: int) -> Damage:
    """All lost from a place on."""
    return at, len(whole) - at, ""


def test_a_flipped_bit_is_noticed_wherever_it_is(whole: bytes, tmp_path: Path) -> None:
    rng = random.Random(2)
    ends = [*range(0, 8 * 48, 3), *range(8 * (len(whole) - 100), 8 * len(whole), 7)]
    bits = [*ends, *(rng.randrange(8 * len(whole)) for _ in range(400))]
    told = openings(whole, [flipped(whole, bit) for bit in bits], tmp_path)
    assert Counter(told) == {"corrupt": len(bits)}


def test_a_cut_is_noticed_wherever_it_is(whole: bytes, tmp_path: Path) -> None:
    rng = random.Random(3)
    seal = whole.rindex(b"cicatrix-sha256:")  # all numbers and words stand before it
    places = [*range(100), *range(seal - 80, len(whole)), *(rng.randrange(seal) for _ in range(100))]
    told = openings(whole, [cut(whole, at) for at in places], tmp_path)
    assert [at for at, word in zip(places, told, strict=True) if word != "corrupt"] == [seal]
    assert told[places.index(seal)] == "same"


def test_lost_repeated_and_added_blocks_are_noticed(whole: bytes, tmp_path: Path) -> None:
    block = 4096
    begins = range(0, len(whole), block)
    zeros = [(at, block, "00" * len(whole[at : at + block])) for at in begins if any(whole[at : at + block])]
    repeated = [(at, block, whole[:block].hex()) for at in begins[1:]]
    told = openings(whole, [*zeros, *repeated, (len(whole), 0, "00"), (0, 0, "00")], tmp_path)
    assert set(told) == {"corrupt"}


def test_the_opening_that_finds_damage_finds_none_in_a_whole_file(whole: bytes, tmp_path: Path) -> None:
    assert openings(whole, [(0, 0, ""), (1000, 1, whole[1000:1001].hex())], tmp_path) == ["same", "same"]


@pytest.mark.parametrize(
    "arguments", [["check"], ["report"], ["rerun", "-o", "again.nc"], ["export", "--format", "csv", "-o", "table.csv"]]
)
def test_every_command_refuses_a_damaged_result(arguments: list[str], whole: bytes, tmp_path: Path) -> None:
    at, count, digits = flipped(whole, 4 * len(whole))
    (tmp_path / "damaged.nc").write_bytes(whole[:at] + bytes.fromhex(digits) + whole[at + count :])
    ended = cicatrix(arguments[0], "damaged.nc", *arguments[1:], folder=tmp_path)
    assert (ended.code, ended.out) == (65, "")
    assert ended.err.startswith("cicatrix: damaged.nc: is damaged")
    assert names_in(tmp_path) == ["damaged.nc"]
