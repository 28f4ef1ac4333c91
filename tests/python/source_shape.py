"""How long the files and functions of the source are, counted without a compiler."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CPP_NOISE = re.compile(
    r"//[^\n]*|/\*.*?\*/"  # comments
    r'|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"'  # texts
    r"|(?<![0-9a-zA-Z])'(?:\\.|[^'\\\n])+'",  # characters, but not the separators of 1'000
    re.DOTALL,
)
DIRECTIVE = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.MULTILINE)
SCOPE = re.compile(r"\b(?:namespace|class|struct|union|enum|extern)\b[^()]*$")
ACCESS = re.compile(r"\s*(?:(?:public|private|protected)\s*:\s*)*")
CONTINUATION = re.compile(r"\s*(?:,[^;{}]*)?$")  # between the members that a constructor initialises, and its body


@dataclass(frozen=True)
class Function:
    """One function: where it begins and how many lines it has, from its head to its last brace."""

    path: Path
    line: int
    lines: int


def blanked(match: re.Match[str]) -> str:
    """Spaces in place of a match, every line break kept."""
    return re.sub(r"[^\n]", " ", match.group())


def without_text(source: str) -> str:
    """C++ with comments, literals and directives blanked."""
    return DIRECTIVE.sub(blanked, CPP_NOISE.sub(blanked, source))


def kind_of_block(head: str, enclosing: set[str], after_function: bool) -> str:
    """What an opening brace begins: a scope that may hold functions, a function, or something inside either."""
    if enclosing & {"function", "parenthesis"}:
        return "inner"
    if after_function and CONTINUATION.match(head):
        return "function"
    return "scope" if "(" not in head or SCOPE.search(head) else "function"


def function_spans(source: str) -> list[tuple[int, int]]:
    """First and last offset of each function in blanked C++."""
    blocks: list[tuple[str, int]] = []
    spans: list[tuple[int, int]] = []
    head = 0
    after_function = False
    for token in re.finditer(r"[{}();]", source):
        kinds = {kind for kind, _ in blocks}
        if token.group() == "(":
            blocks.append(("parenthesis", token.start()))
            continue
        if token.group() == "{":
            text = source[head : token.start()]
            kind = kind_of_block(text, kinds, after_function)
            continues = after_function and CONTINUATION.match(text)
            blocks.append((kind, spans.pop()[0] if kind == "function" and continues else head))
        elif token.group() in ")}" and blocks:
            kind, begin = blocks.pop()
            if kind == "function":
                spans.append((begin, token.start()))
            after_function = kind == "function"
        elif token.group() == ";":
            after_function = False
        if after_function or (token.group() != ")" and not kinds & {"function", "parenthesis"}):
            head = token.end()
    return spans


def cpp_functions(path: Path) -> Iterator[Function]:
    """Functions of a C++ file: outermost brace blocks with a parenthesis in their head, and what they hold."""
    source = without_text(path.read_text(encoding="utf-8"))
    for begin, end in function_spans(source):
        label = ACCESS.match(source, begin)
        start = label.end() if label else begin
        yield Function(path, source.count("\n", 0, start) + 1, source.count("\n", start, end) + 1)


def python_functions(path: Path) -> Iterator[Function]:
    """Functions and methods of a Python file, without their decorators."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            yield Function(path, node.lineno, node.end_lineno - node.lineno + 1)


def functions(path: Path) -> list[Function]:
    """The functions of a C++ or Python file."""
    return list(python_functions(path) if path.suffix == ".py" else cpp_functions(path))


def line_count(path: Path) -> int:
    """Lines of a file, blank ones included."""
    return len(path.read_text(encoding="utf-8").splitlines())
