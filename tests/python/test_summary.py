"""The summary line counts what passed, failed and could not run, and never calls a broken run a success."""

from __future__ import annotations

from pathlib import Path

import pytest

import summary

CATCH2 = """<?xml version="1.0"?><Catch name="unit_tests"><Group name="unit_tests">
<TestCase name="a"><OverallResult success="true"/></TestCase>
<TestCase name="b"><Section name="s"><Expression success="false" filename="b.cpp" line="7"/></Section>
<OverallResult success="false"/></TestCase></Group></Catch>"""
PYTEST = """<testsuites><testsuite tests="3"><testcase classname="t" name="a"/>
<testcase classname="t" name="b"><skipped message="no ncdump"/></testcase>
<testcase classname="t" name="c"><error message="set-up"/></testcase></testsuite></testsuites>"""


def last_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Exit status, last line of the standard output, and what went beside it."""
    status = summary.main([str(folder)])
    captured = capsys.readouterr()
    return status, captured.out.splitlines()[-1], captured.err


def test_cases_of_both_kinds_of_report_are_added_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "unit_tests.xml").write_text(CATCH2)
    (tmp_path / "python.xml").write_text(PYTEST)
    (tmp_path / "not_run.txt").write_text("c: SUNDIALS is not installed\n")
    status, line, beside = last_line(tmp_path, capsys)
    assert (status, line) == (1, "2 passed, 2 failed, 2 skipped")
    assert "FAILED: unit_tests: b (b.cpp:7)" in beside
    assert "not run: c: SUNDIALS is not installed" in beside


def test_a_program_that_died_is_a_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "unit_tests.xml").write_text(CATCH2[: len(CATCH2) // 2])
    (tmp_path / "python.xml").write_text("")
    assert last_line(tmp_path, capsys)[:2] == (1, "0 passed, 2 failed")


def test_nothing_run_is_no_success(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert last_line(tmp_path, capsys)[:2] == (1, "0 passed, 0 failed")


def test_success_has_no_third_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "python.xml").write_text('<testsuite><testcase classname="t" name="a"/></testsuite>')
    assert last_line(tmp_path, capsys)[:2] == (0, "1 passed, 0 failed")
