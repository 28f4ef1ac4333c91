"""The pages of docs/: what they tell to type does what they say, the site builds, and its links lead somewhere."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import matplotlib as mpl
import pytest
from page_blocks import Block, Reader, blocks, dialogue

from cicatrix import _core
from cicatrix.catalogue import listing

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = sorted(path for path in DOCS.rglob("*.md"))
LANGUAGES = {"python", "sh", "console", "toml", "text"}
EXTERNAL = re.compile(r"https://[\w.-]+\.[a-z]{2,}(?:/[^\s\"'<>]*)?")


def on_page(path: Path) -> list[Block]:
    """The blocks of a page that are not for Sphinx."""
    return [block for block in blocks(path.read_text(encoding="utf-8")) if not block.language.startswith("{")]


def page_name(path: Path) -> str:
    return path.relative_to(DOCS).as_posix()


WITH_BLOCKS = [path for path in PAGES if on_page(path)]


@pytest.mark.parametrize("path", WITH_BLOCKS, ids=page_name)
def test_what_a_page_says_to_type_does_what_it_says(path: Path, tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    with mpl.rc_context():
        mpl.use("Agg")
        reader.follow(on_page(path))
    assert not reader.failures, "\n\n".join(reader.failures)


def test_each_block_is_of_a_language_that_is_run_or_compared() -> None:
    others = [f"{page_name(path)}:{block.line}" for path in PAGES for block in on_page(path)
              if block.language not in LANGUAGES]  # fmt: skip
    assert others == []


def test_hardly_any_block_is_left_out() -> None:
    every = [block for path in PAGES for block in on_page(path)]
    assert sum(block.not_run for block in every) <= 0.1 * len(every)


def test_a_reader_notices_what_a_page_gets_wrong(tmp_path: Path) -> None:
    page = (
        "```python\nprint(1 + 1)\n```\n```text\n3\n```\n"
        "```python\nraise ValueError('no')\n```\n```sh\nfalse\n```\n```console\n$ echo a\nb\n$ exit 2\n```\n"
        "% not run: it would fail\n```sh\nexit 5\n```\n"
    )
    reader = Reader(tmp_path)
    reader.follow(blocks(page))
    assert [failure.split(":")[0] for failure in reader.failures] == [
        "line 4",
        "line 7",
        "line 10",
        "line 13",
        "line 13",
    ]


def test_a_reader_agrees_with_what_a_page_gets_right(tmp_path: Path) -> None:
    page = (
        "```toml\n# a.toml\nx = 1\n```\n```sh\ntest -s a.toml\n```\n```console\n$ echo a\na\n$ echo b c\nb ...\n```\n"
        "```python\nx = 2\n```\n```python\nprint(x)\n```\n```text\n2\n```\n"
    )
    reader = Reader(tmp_path)
    reader.follow(blocks(page))
    assert reader.failures == []


def test_a_dialogue_has_the_output_of_each_command() -> None:
    assert list(dialogue("$ a\n$ b c\nd\ne\n")) == [("a", ""), ("b c", "d\ne\n")]


class Found(HTMLParser):
    """What a page of the site links to, loads, and can be linked to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.loaded: list[str] = []
        self.ids: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value for name, value in attrs if value is not None}
        self.ids |= {given[name] for name in ("id", "name") if name in given}
        if tag == "a" and "href" in given:
            self.targets.append(given["href"])
        self.loaded += [given[name] for name in ("src",) if name in given]
        self.loaded += [given["href"]] if tag == "link" and "href" in given else []


@pytest.fixture(scope="module")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built without a single warning."""
    for package in ("sphinx", "myst_parser"):
        if importlib.util.find_spec(package) is None:
            pytest.skip(f"not run: {package} is not installed")
    folder = tmp_path_factory.mktemp("site")
    places = ["-d", str(tmp_path_factory.mktemp("doctrees")), str(root / "docs"), str(folder)]
    command = [sys.executable, "-P", "-m", "sphinx", "-q", "-E", "-W", "--keep-going", "-b", "html", *places]
    done = subprocess.run(command, env={**os.environ}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[Path, Found]:
    """Every page of the site."""
    return {path: Found(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}


def test_every_source_becomes_a_page(pages: dict[Path, Found], site: Path) -> None:
    made = {path.relative_to(site).with_suffix("").as_posix() for path in pages}
    assert {path.relative_to(DOCS).with_suffix("").as_posix() for path in PAGES} <= made


def test_links_within_the_site_lead_to_a_place(pages: dict[Path, Found]) -> None:
    lost = []
    for path, page in pages.items():
        for target in page.targets:
            parts = urlsplit(target)
            if parts.scheme:
                continue
            aim = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            there = aim in pages and (not parts.fragment or unquote(parts.fragment) in pages[aim].ids)
            if not there and not (aim.is_file() and aim not in pages):
                lost.append(f"{path.name}: {target}")
    assert lost == []


def test_links_to_elsewhere_are_whole_addresses(pages: dict[Path, Found]) -> None:
    outside = {target for page in pages.values() for target in page.targets if urlsplit(target).scheme}
    assert outside
    assert sorted(target for target in outside if not EXTERNAL.fullmatch(target)) == []


def test_the_site_loads_nothing_from_elsewhere(pages: dict[Path, Found], site: Path) -> None:
    assert [name for page in pages.values() for name in page.loaded if urlsplit(name).scheme not in ("", "data")] == []
    styles = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.css"))
    assert re.findall(r"(?:@import|url\()\s*[\"']?https?:", styles) == []


@pytest.mark.parametrize(
    ("page", "kind"),
    [("parameters", "parameters"), ("scenario", "keys"), ("readouts", "readouts"), ("errors", "codes"),
     ("skin", "compounds"), ("skin", "sites"), ("skin", "baselines"), ("skin", "conditions")],
)  # fmt: skip
def test_each_row_of_a_table_has_a_place_to_link_to(pages: dict[Path, Found], site: Path, page: str, kind: str) -> None:
    places = {re.sub("[_ ]", "-", each.lower()) for each in pages[site / "reference" / f"{page}.html"].ids}
    names = [re.sub("[_ ]", "-", str(row["name"]).lower()) for row in listing(kind)]
    assert [name for name in names if not any(each == name or each.startswith(f"{name}-") for each in places)] == []


def test_each_published_model_has_a_section(pages: dict[Path, Found], site: Path) -> None:
    ids = pages[site / "reference" / "models.html"].ids
    published = [name for name in _core.models() if name != "microneedling"]
    assert [name for name in published if name.replace("_", "-") not in ids] == []


def test_formulas_are_drawn_without_a_script(pages: dict[Path, Found], site: Path) -> None:
    text = (site / "reference" / "states.html").read_text(encoding="utf-8")
    assert len(re.findall("<math [^>]*display=.block", text)) == _core.equations("microneedling").count("$$") / 2
    assert [name for page in pages.values() for name in page.loaded if "mathjax" in name.lower()] == []
