"""Disks, folders and settings of the machine: what cannot be written is said, and where it runs changes nothing."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from faults.command import cicatrix, names_in

ROOM = 64 * 1024  # bytes; less than a result


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with little room."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(disk)]
    if os.geteuid() != 0 or not shutil.which("mount") or subprocess.run(mounted, capture_output=True).returncode:
        pytest.skip("not run: mounting a small disk is not allowed here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.fixture
def closed_folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in which nothing may be made."""
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o555)
    yield folder
    folder.chmod(0o755)


@pytest.fixture
def unprivileged() -> list[str]:
    """What starts a program to which the rights of files apply."""
    if os.geteuid() != 0:
        return []
    if not shutil.which("setpriv"):
        pytest.skip("not run: rights of files do not apply to root, and setpriv is not there to drop that")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]


def limit_files() -> None:
    """No file of this process may grow beyond ROOM."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, ROOM))


def test_a_full_disk_ends_with_74_names_the_need_and_keeps_what_was_there(
    scenario: Path, whole: bytes, small_disk: Path
) -> None:
    (small_disk / "result.nc").write_bytes(b"an earlier result")
    begun = time.monotonic()
    ended = cicatrix("run", scenario, "-o", "disk/result.nc", folder=small_disk.parent)
    assert time.monotonic() - begun < 2
    assert (ended.code, ended.out) == (74, "")
    assert f"disk/result.nc: cannot write {len(whole)} bytes" in ended.err
    assert names_in(small_disk) == ["result.nc"]
    assert (small_disk / "result.nc").read_bytes() == b"an earlier result"


def test_a_disk_with_room_again_takes_the_result(scenario: Path, whole: bytes, small_disk: Path) -> None:
    assert cicatrix("run", scenario, "-o", "disk/result.nc", folder=small_disk.parent).code == 74
    subprocess.run(["mount", "-o", "remount,size=1m", str(small_disk)], check=True)
    assert cicatrix("run", scenario, "-o", "disk/result.nc", folder=small_disk.parent).code == 0
    assert (small_disk / "result.nc").read_bytes() == whole


def test_a_file_that_may_not_grow_ends_with_74(scenario: Path, tmp_path: Path) -> None:
    ended = cicatrix("run", scenario, "-o", "result.nc", folder=tmp_path, before=limit_files)
    assert (ended.code, ended.out) == (74, "")
    assert "result.nc: cannot write" in ended.err
    assert not names_in(tmp_path)


@pytest.mark.parametrize("arguments", [["report"], ["export", "--format", "csv"]])
def test_a_full_disk_is_one_for_every_command_that_writes(arguments: list[str], whole: bytes, tmp_path: Path) -> None:
    (tmp_path / "result.nc").write_bytes(whole)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))

    ended = cicatrix(*arguments, "result.nc", "-o", "page", folder=tmp_path, before=limit)
    assert (ended.code, ended.out) == (74, "")
    assert "page" in ended.err
    assert names_in(tmp_path) == ["result.nc"]


@pytest.mark.parametrize("arguments", [["run"], ["report"], ["rerun"]])
def test_a_folder_that_is_closed_ends_with_73(
    arguments: list[str], scenario: Path, whole: bytes, closed_folder: Path, unprivileged: list[str]
) -> None:
    folder = closed_folder.parent
    (folder / "whole.nc").write_bytes(whole)
    source = scenario if arguments == ["run"] else "whole.nc"
    ended = cicatrix(*arguments, source, "-o", "closed/file", folder=folder, through=unprivileged)
    assert (ended.code, ended.out) == (73, "")
    assert "closed/file" in ended.err
    assert names_in(folder) == ["closed", "whole.nc"]
    assert not names_in(closed_folder)


@pytest.mark.parametrize("target", ["folder", "missing/result.nc", "pipe", "/dev/null", "file/x.nc", 300 * "x"])
def test_a_target_that_is_no_place_for_a_file_ends_with_73(target: str, scenario: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    os.mkfifo(tmp_path / "pipe")
    ended = cicatrix("run", scenario, "-o", target, folder=tmp_path)
    assert (ended.code, ended.out) == (73, "")
    assert target in ended.err
    assert names_in(tmp_path) == ["file", "folder", "pipe"]
    assert not names_in(tmp_path / "folder")


def test_a_link_is_written_through_and_stays_a_link(scenario: Path, whole: bytes, tmp_path: Path) -> None:
    (tmp_path / "behind").mkdir()
    (tmp_path / "behind" / "real.nc").touch()
    (tmp_path / "link.nc").symlink_to("behind/real.nc")
    assert cicatrix("run", scenario, "-o", "link.nc", folder=tmp_path).code == 0
    assert (tmp_path / "link.nc").is_symlink()
    assert (tmp_path / "behind" / "real.nc").read_bytes() == whole


SETTINGS: dict[str, dict[str, str | None]] = {
    "a comma for the point and tomorrow": {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8", "TZ": "Pacific/Kiritimati"},
    "the plain locale and no home": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "HOME": None},
    "folders that are not there": {"HOME": "/nowhere", "TMPDIR": "/nowhere", "XDG_CACHE_HOME": "/nowhere"},
    "other seeds and threads": {"PYTHONHASHSEED": "7", "OMP_NUM_THREADS": "7", "OPENBLAS_NUM_THREADS": "2"},
    "a large environment": {f"LARGE_{number}": 1000 * "x" for number in range(500)},
}


@pytest.mark.parametrize("kind", SETTINGS)
def test_settings_of_the_machine_do_not_change_a_byte(kind: str, scenario: Path, whole: bytes, tmp_path: Path) -> None:
    wanted = {**os.environ, **SETTINGS[kind]}
    environment = {name: value for name, value in wanted.items() if value is not None}
    ended = cicatrix("run", scenario, "-o", "result.nc", folder=tmp_path, environment=environment)
    assert (ended.code, ended.err) == (0, "")
    assert (tmp_path / "result.nc").read_bytes() == whole
