"""What several Python tests share: where the tree is, and one finished result file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import cicatrix as cx

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the source tree."""
    return ROOT


@pytest.fixture(scope="session")
def result_file(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The result file of scenarios/single_session.toml, as the command writes it."""
    path = tmp_path_factory.mktemp("result") / "single_session.nc"
    scenario = root / "scenarios" / "single_session.toml"
    subprocess.run([sys.executable, "-m", "cicatrix", "run", str(scenario), "-o", str(path), "--quiet"], check=True)
    return path


@pytest.fixture(scope="session")
def result_page(result_file: Path) -> str:
    """The report of that result."""
    from cicatrix.report import page  # not before a test asks for it: it takes matplotlib

    return page(cx.open(result_file))
