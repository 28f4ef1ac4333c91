"""Formulas as MathML, which browsers draw themselves: no script and nothing from another server."""

from __future__ import annotations

import inspect
import re
from typing import Any

from docutils.nodes import SkipNode
from docutils.utils.math import latex2mathml

NAME = re.compile(r"\\mathrm\{((?:\w|\\_)+)\}")
ALIGNED = re.compile(r"\A\s*\\begin\{aligned\}(.*)\\end\{aligned\}\s*\Z", re.DOTALL)


def mathml(formula: str, *, block: bool) -> str:
    """A formula in LaTeX as MathML; `block` for one on lines of its own. Raises SyntaxError for what is not LaTeX."""
    # Names of several letters are words, not products of letters; lines are aligned by docutils without being told.
    shown = NAME.sub(lambda match: match[0] if match[1] == "d" else rf"\text{{{match[1]}}}", formula)
    shown = ALIGNED.sub(r"\1", shown).replace(r"\_", "_")
    convert = latex2mathml.tex2mathml
    asked = {"as_block": block} if "as_block" in inspect.signature(convert).parameters else {"inline": not block}
    return str(convert(shown, **asked))


def _inline(translator: Any, node: Any) -> None:
    translator.body.append(mathml(node.astext(), block=False))
    raise SkipNode


def _block(translator: Any, node: Any) -> None:
    translator.body.append(f'<div class="formula">{mathml(node.astext(), block=True)}</div>\n')
    raise SkipNode


def setup(app: Any) -> dict[str, bool]:
    """Called by Sphinx once."""
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
