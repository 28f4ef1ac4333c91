"""Executes cells in a fresh kernel: a JSON list of their texts on standard input, of what each one shows on the other.

What a cell shows are the lines of its error, or nothing. In a process of its own, because nbclient leaves sockets open.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from execute_notebooks import SECONDS, forked_kernel


def shown(cells: list[str], folder: Path) -> list[str]:
    """The error of each cell as a notebook prints it, empty where there is none."""
    import nbformat
    from nbclient import NotebookClient

    content = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    with forked_kernel(folder) as kernel:
        NotebookClient(content, timeout=SECONDS, km=kernel, allow_errors=True).execute()
    return ["\n".join(line for each in cell.outputs for line in each.get("traceback", [])) for cell in content.cells]


if __name__ == "__main__":
    print(json.dumps(shown(json.load(sys.stdin), Path.cwd())))
