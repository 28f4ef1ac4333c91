"""Makes bindings/python/cicatrix/_core.pyi: what pybind11-stubgen finds in the extension, with the types it cannot see.

Run it with a Python that has pybind11-stubgen and the extension on its path: python bindings/python/stubs.py
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tempfile
from pathlib import Path

STUB = Path(__file__).resolve().parent / "cicatrix" / "_core.pyi"

HEAD = '''"""Types of the compiled core; made by bindings/python/stubs.py."""

import collections.abc
import typing
from collections.abc import Callable
from typing import Any, TypeAlias

import numpy
import numpy as np
import numpy.typing
import numpy.typing as npt

Attribute: TypeAlias = str | float | int | npt.NDArray[np.generic]
'''

BATCH = {"values": "float64", "status": "int8", "time_reached": "float64", "limiting_state": "int32", "steps": "int64"}
RETURNS = {
    "Group.attributes": "dict[str, Attribute]",
    "Group.dimensions": "dict[str, int]",
    "Group.groups": "list[Group]",
    "Group.variables": "list[Variable]",
    "Variable.attributes": "dict[str, Attribute]",
    "Variable.dimensions": "tuple[str, ...]",
    "Variable.values": "npt.NDArray[Any] | list[str]",
    **{f"Batch.{name}": f"npt.NDArray[np.{kind}]" for name, kind in BATCH.items()},
    "Gradient.slopes": "npt.NDArray[np.float64]",
    **{f"Budget.{name}": "npt.NDArray[np.float64]" for name in ("values", "changes")},
    "Explanation.time_constants": "npt.NDArray[np.float64]",
    **{f"Sweep.{name}": "npt.NDArray[np.float64]" for name in ("design", "rows_at")},
}
ROWS = "npt.ArrayLike"
MEMBERS_DONE = "Callable[[int, int], bool] | None"
ARGUMENTS = {
    "run.progress": "Callable[[float], bool] | None",
    "Sweep.run.progress": MEMBERS_DONE,
    "Sweep.run_rows.progress": MEMBERS_DONE,
    "Sweep.run_rows.rows": ROWS,
    "Sweep.rows_at.points": ROWS,
}
RAISED_WITH = {
    "InputError": {"problems": "list[Problem]"},
    "FileError": {"fault": "str", "path": "str"},
    "NumericalError": {"member": "int", "time": "float", "state": "str"},
}


def expression(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def declaration(name: str, kind: str) -> ast.AnnAssign:
    return ast.AnnAssign(target=ast.Name(name), annotation=expression(kind), value=None, simple=1)


def refine_function(function: ast.FunctionDef, prefix: str) -> None:
    name = prefix + function.name
    if name in RETURNS:
        function.returns = expression(RETURNS[name])
    for argument in [*function.args.args, *function.args.kwonlyargs]:
        if f"{name}.{argument.arg}" in ARGUMENTS:
            argument.annotation = expression(ARGUMENTS[f"{name}.{argument.arg}"])


def refined(node: ast.stmt) -> ast.stmt | None:
    """The node with its types made exact; None for what has no place in the stub."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        return None
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return None if node.target.id == "__all__" else declaration(node.target.id, "str")
    if isinstance(node, ast.FunctionDef):
        refine_function(node, "")
    if isinstance(node, ast.ClassDef):
        for member in node.body:
            if isinstance(member, ast.FunctionDef):
                refine_function(member, node.name + ".")
        node.body += [declaration(name, kind) for name, kind in RAISED_WITH.get(node.name, {}).items()]
    return node


def generated() -> str:
    """The text of the stub for the extension that this Python imports."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pybind11_stubgen", "cicatrix._core", "-o", folder, "--exit-code"]
        subprocess.run(command, check=True, capture_output=True)
        found = ast.parse((Path(folder) / "cicatrix" / "_core.pyi").read_text(encoding="utf-8"))
    body = [new for node in found.body[1:] if (new := refined(node)) is not None]
    text = ast.unparse(ast.fix_missing_locations(ast.Module(body=body, type_ignores=[])))
    return HEAD + "\n" + re.sub(r":\n +\.\.\.(?=\n|$)", ": ...", text) + "\n"


if __name__ == "__main__":
    STUB.write_text(generated(), encoding="utf-8")
