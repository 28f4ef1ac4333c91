"""What the pages of the documentation take from the tables, without Sphinx: nothing lost, nothing read as markup."""

from __future__ import annotations

from pathlib import Path

import pytest

from cicatrix import _core
from cicatrix.catalogue import listing
from from_tables import BLOCKS, UnknownBlockError, file_text, plain, table, with_blocks_made


def test_a_block_becomes_its_table_and_the_rest_stays() -> None:
    page = with_blocks_made("# Grades\n\n```{from-tables} grades\n```\n\nThe end.\n", "terms")
    assert page.startswith("# Grades\n\n| grade | meaning |\n")
    assert page.endswith("|\n\nThe end.\n")


def test_a_block_that_is_not_made_here_is_refused_with_the_page_and_what_there_is() -> None:
    with pytest.raises(UnknownBlockError, match=r"terms: .*'gredes', only .*grades"):
        with_blocks_made("```{from-tables} gredes\n```\n", "terms")


def test_every_block_is_on_a_page(root: Path) -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in (root / "docs").rglob("*.md"))
    assert [name for name in BLOCKS if f"{{from-tables}} {name}\n" not in pages] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a_b * c|d", r"a\_b \* c\|d"),
        ("<name>", r"\<name\>"),
        (0.1 + 0.2, "0.3"),
        ("x, doi:10.1016/j.a_b.2014.11.008 (y)",
         "x, [doi:10.1016/j.a_b.2014.11.008](https://doi.org/10.1016/j.a_b.2014.11.008) (y)"),
        ("see PMID 26254217.", "see [PMID 26254217](https://pubmed.ncbi.nlm.nih.gov/26254217)."),
        ("PMC2887041", "[PMC2887041](https://www.ncbi.nlm.nih.gov/pmc/articles/PMC2887041)"),
    ],
)  # fmt: skip
def test_text_of_a_table_is_shown_as_it_is_and_references_become_links(text: str | float, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize("name", sorted(BLOCKS))
def test_the_rows_of_each_table_have_as_many_cells_as_its_head(name: str) -> None:
    lines = [line.replace(r"\|", "") for line in BLOCKS[name]().splitlines() if line.startswith("|")]
    heads: list[int] = []
    for line, below in zip(lines, [*lines, ""][1:], strict=True):
        heads.append(line.count("|") if below.replace(" ", "").startswith("|---") else heads[-1])
        assert line.count("|") == heads[-1], line


def test_each_parameter_stands_with_value_unit_source_and_grade() -> None:
    made = BLOCKS["parameters"]()
    for row in listing("parameters"):
        (line,) = [line for line in made.splitlines() if f"`{row['name']}` |" in line]
        for part in (row["value"], row["meaning"], row["source"]):
            assert plain(part) in line
        assert f"<br>{row['grade']} |" in line


def test_equations_keep_every_formula_and_leave_the_parameters_to_their_page() -> None:
    whole, shown = _core.equations("microneedling"), BLOCKS["equations"]()
    assert shown.count("$$") == whole.count("$$")
    assert "## Parameters" in whole
    assert "## Parameters" not in shown
    assert "## Conditions" in shown


def test_a_file_elsewhere_loses_its_title_and_the_links_to_its_neighbours(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# A\n\nSee [b](b.md), [c](https://c.org/) and [here](#d).\n", encoding="utf-8")
    assert file_text(path) == "See b, [c](https://c.org/) and [here](#d)."


def test_a_table_is_markdown() -> None:
    assert table(("a", "b"), [("1", "2")]) == "| a | b |\n| --- | --- |\n| 1 | 2 |"


def test_formulas_keep_names_whole_and_lines_aligned() -> None:
    pytest.importorskip("docutils", reason="not run: docutils is not installed")
    from offline_math import mathml

    line = mathml(r"\mathrm{clot\_decay} \cdot x", block=False)
    assert "<mtext>clot_decay</mtext>" in line
    assert 'display="block"' not in line
    lines = mathml("\\begin{aligned}\na = {} & b \\\\\n& + \\mathrm{c\\_d}\n\\end{aligned}", block=True)
    assert lines.count("<mtr") == 2
    assert 'display="block"' in lines


def test_each_notebook_stands_with_its_question(root: Path) -> None:
    rows = [line for line in BLOCKS["notebooks"]().splitlines()[2:] if line.startswith("|")]
    names = [path.name for path in sorted((root / "notebooks").glob("*.ipynb"))]
    assert [name for name, row in zip(names, rows, strict=True) if name not in row] == []
    assert all(row.removesuffix(" |").endswith("?") for row in rows)
