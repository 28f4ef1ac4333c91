"""The fenced blocks of a page of the documentation, and running them in their order as a reader would."""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FENCE = re.compile(r"^```([^\n`]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NOT_RUN = re.compile(r"^% not run: \S+.*\n\Z", re.MULTILINE)
FILE_NAME = re.compile(r"# ([\w.-]+\.toml)\b")
OUTPUT = doctest.OutputChecker()
LENIENT = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True)
class Block:
    """One fenced block: its language, its text, the line of the page, and whether the page says that it is not run."""

    language: str
    text: str
    line: int
    not_run: bool = False


def blocks(page: str) -> list[Block]:
    """The fenced blocks of a page in their order."""
    return [
        Block(
            language=match[1].strip(),
            text=match[2],
            line=page.count("\n", 0, match.start()) + 1,
            not_run=NOT_RUN.search(page[: match.start()]) is not None,
        )
        for match in FENCE.finditer(page)
    ]


@dataclass
class Reader:
    """Follows a page in a folder of its own; `failures` says what did not come out as the page shows it."""

    folder: Path
    failures: list[str] = field(default_factory=list)
    names: dict[str, Any] = field(default_factory=lambda: {"__name__": "__main__"})
    said: str | None = None  # by the block before, until a text block has shown it

    def follow(self, page: list[Block]) -> None:
        """Runs the blocks of a page in their order."""
        with contextlib.chdir(self.folder):
            for block in page:
                if not block.not_run:
                    self._follow(block)

    def _follow(self, block: Block) -> None:
        if block.language == "text" and self.said is not None:
            self._compare(block, block.text, self.said)
        self.said = None
        if block.language == "python":
            self.said = self._python(block)
        elif block.language == "sh":
            self._shell(block, block.text)
        elif block.language == "console":
            for command, shown in dialogue(block.text):
                self._compare(block, shown, self._shell(block, command))
        elif block.language == "toml" and (name := FILE_NAME.match(block.text)):
            Path(name[1]).write_text(block.text, encoding="utf-8")

    def _python(self, block: Block) -> str:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            try:
                exec(compile(block.text, f"line {block.line}", "exec"), self.names)
            except Exception as error:
                self.failures.append(f"line {block.line}: {type(error).__name__}: {error}")
        return printed.getvalue()

    def _shell(self, block: Block, command: str) -> str:
        """What a command says on both streams; `cicatrix` and `python` are those under test."""
        ways = f'cicatrix() {{ "{sys.executable}" -P -m cicatrix "$@"; }}\npython() {{ "{sys.executable}" -P "$@"; }}\n'
        done = subprocess.run(
            ["sh", "-e", "-c", ways + command],
            env={**os.environ, "MPLBACKEND": "Agg"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            self.failures.append(f"line {block.line}: exit code {done.returncode}\n{done.stdout}")
        return done.stdout

    def _compare(self, block: Block, shown: str, said: str) -> None:
        if not OUTPUT.check_output(shown, said, LENIENT):
            self.failures.append(f"line {block.line}: the page shows\n{shown}\nbut this came out\n{said}")


def dialogue(text: str) -> Iterator[tuple[str, str]]:
    """The commands of a console block, each with what is shown behind it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield command, shown
