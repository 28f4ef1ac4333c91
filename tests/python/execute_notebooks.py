"""Executes the notebooks of this tree in fresh kernels and saves them with their outputs.

    python tests/python/execute_notebooks.py                       # every notebook, in its place
    python tests/python/execute_notebooks.py 03 --into fresh       # those whose name begins so, somewhere else

What is saved depends on the notebook alone: no times, no names of machines or kernels, cells numbered from 1. A
notebook with a cell that raises is not saved; what it raised is told at the end. Needs nbclient and ipykernel.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "notebooks"
SECONDS = 60  # that a notebook may take
# Loaded once, in the process that kernels are forked from, where they are installed: most of the time of eight kernels
# went into loading these. xarray loads Dask wherever it finds it. Nothing of Cicatrix is among them.
LOADED = ["pandas", "xarray", "matplotlib.pyplot", "ipykernel.kernelapp", "dask.array"]
WIDGET = "application/vnd.jupyter.widget-view+json"  # leads to a kernel that is gone; its picture stays
# What two executions of the same cell may differ in.
ADDRESS = re.compile(r"0x[0-9a-f]{6,}")
DURATION = re.compile(r"\d+(?:\.\d+)? ?(?:ms|s|seconds)\b(?= ago| elapsed| wall)")


def notebooks(beginning: str = "") -> list[Path]:
    """The notebooks of this tree whose names begin so, in their order."""
    return sorted(FOLDER.glob(f"{beginning}*.ipynb"))


def executed(notebook: Path, folder: Path) -> dict[str, Any]:
    """The notebook after a run of all its cells in a fresh kernel that works in `folder`."""
    import nbformat
    from nbclient import NotebookClient

    content = nbformat.read(notebook, as_version=4)
    with forked_kernel(folder) as kernel:
        NotebookClient(content, timeout=SECONDS, km=kernel).execute()
    return cleaned(json.loads(nbformat.writes(content)))


@contextmanager
def forked_kernel(folder: Path) -> Iterator[Any]:
    """The manager of a kernel in a process of its own, as nbclient asks for one."""
    from jupyter_client.manager import AsyncKernelManager

    class ForkedKernel(AsyncKernelManager):  # type: ignore[misc]
        has_kernel = True

        async def is_alive(self) -> bool:
            return process.is_alive()

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LOADED)
    with tempfile.TemporaryDirectory() as place:
        manager = ForkedKernel(connection_file=f"{place}/kernel.json")
        manager.write_connection_file()
        process = context.Process(target=serve, args=(manager.connection_file, str(folder)), daemon=True)
        process.start()
        try:
            yield manager
        finally:
            process.kill()
            process.join()


def serve(connection_file: str, folder: str) -> None:
    """What the process of a kernel does."""
    import pandas as pd
    from ipykernel.kernelapp import IPKernelApp

    pd.set_option("display.max_columns", 20)  # as pandas takes it when it is loaded in a notebook
    os.chdir(folder)
    options = {
        "IPKernelApp.parent_handle": os.getppid(),  # with which it ends
        "InteractiveShell.colors": "NoColor",
        "InlineBackend.print_figure_kwargs": {"bbox_inches": "tight", "metadata": {"Software": None}},
    }
    given = [f"--{name}={value}" for name, value in options.items()]
    IPKernelApp.launch_instance(["-f", connection_file, *given])


def cleaned(content: dict[str, Any]) -> dict[str, Any]:
    """The notebook without what depends on the machine or the moment."""
    content["metadata"] = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    count = 0
    for number, cell in enumerate(content["cells"], 1):
        cell["id"], cell["metadata"] = f"cell-{number}", {}
        if cell["cell_type"] == "code":
            count += 1
            cell["execution_count"] = count
            for output in cell["outputs"]:
                output.update({"execution_count": count} if "execution_count" in output else {})
                output.get("data", {}).pop(WIDGET, None)
    return content


def texts(content: dict[str, Any]) -> list[str]:
    """What its cells print or return as text, a text for each cell of code, without times and addresses."""
    return [
        DURATION.sub("(time)", ADDRESS.sub("(address)", "".join(_texts_of(cell["outputs"])))).strip()
        for cell in content["cells"]
        if cell["cell_type"] == "code"
    ]


def _texts_of(outputs: Iterable[dict[str, Any]]) -> Iterable[str]:
    for output in outputs:
        told = "".join(output.get("text", output.get("data", {}).get("text/plain", "")))
        yield told if output["output_type"] == "stream" else told + "\n"  # a kernel sends a stream in parts at will


def pictures(content: dict[str, Any]) -> list[int]:
    """How many pictures each of its cells of code shows."""
    return [
        sum("image/png" in output.get("data", {}) for output in cell["outputs"])
        for cell in content["cells"]
        if cell["cell_type"] == "code"
    ]


def main() -> None:
    """Executes and saves what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("beginning", nargs="?", default="", help="of the names of the notebooks to execute")
    parser.add_argument("--into", type=Path, default=FOLDER, help="the folder to save them in")
    asked = parser.parse_args()
    from nbclient.exceptions import CellExecutionError

    found, failures = notebooks(asked.beginning), []
    if not found:
        parser.error(f"no notebook begins with {asked.beginning!r}; there are: {[path.name for path in notebooks()]}")
    with tempfile.TemporaryDirectory() as folder:
        # What notebooks write, and the history of kernels, goes with the folder.
        os.environ |= {"TMPDIR": folder, "IPYTHONDIR": f"{folder}/ipython"}
        os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"  # as any kernel sets it
        work = Path(folder, "work")
        work.mkdir()
        for path in found:
            try:
                content = executed(path, work)
            except CellExecutionError as error:
                failures.append(f"{path.name}: {error}")
                continue
            written = json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
            (asked.into / path.name).write_text(written, encoding="utf-8")
    if failures:
        sys.exit("\n".join(failures))


if __name__ == "__main__":
    main()
