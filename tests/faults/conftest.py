"""What the fault tests share: a scenario and the bytes of its result when nothing goes wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from faults.command import cicatrix


@pytest.fixture(scope="session")
def scenario() -> Path:
    """A scenario of the tree that runs in well under a second."""
    return Path(__file__).resolve().parents[2] / "scenarios" / "single_session.toml"


@pytest.fixture(scope="session")
def whole(scenario: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of that scenario's result."""
    folder = tmp_path_factory.mktemp("whole")
    assert cicatrix("run", scenario, "-o", "whole.nc", folder=folder).code == 0
    return (folder / "whole.nc").read_bytes()
