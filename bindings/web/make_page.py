"""Makes the classroom page: one HTML file with its styles, scripts, charts and the core, which opens from a disk.

`page.html` names what is inlined, in its order. The compiled core is taken from a file, or from the page as it stands,
so that a change of words needs no compiler:

    python3 bindings/web/make_page.py                                # with the core that the page holds
    python3 bindings/web/make_page.py --core build/web               # with a new core, as ./run page does
"""

import argparse
import base64
import gzip
import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHARTS = HERE.parent / "charts" / "uplot"
NOTICE = HERE.parents[1] / "NOTICE"
PAGE = HERE / "classroom.html"
MOST = 500_000  # bytes of the page, so that it goes by mail and onto any stick

STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)">')
SCRIPT = re.compile(r'<script([^>]*?) src="([^"]+)"></script>')
CORE = re.compile(r'<script[^>]*id="core-bytes"[^>]*>([^<]+)</script>')


class PageError(Exception):
    """A page that cannot be made, with what to do about it."""


def text_of(name: str) -> str:
    """The text of a file that `page.html` names; PageError when there is none."""
    for folder in (HERE, CHARTS):
        if (folder / name).is_file():
            return (folder / name).read_text(encoding="utf-8")
    raise PageError(f"page.html names {name}, which is neither in {HERE} nor in {CHARTS}")


def packed(core: Path) -> str:
    """A compiled core, the file or its build folder, compressed and as text; PageError when there is none."""
    core = core / "cicatrix.wasm" if core.is_dir() else core
    if not core.is_file():
        raise PageError(f"there is no {core}: build it with 'cmake -S bindings/web -B build/web' and 'cmake --build'")
    return base64.b64encode(gzip.compress(core.read_bytes(), compresslevel=9, mtime=0)).decode("ascii")


def held_core(page: Path) -> str:
    """The core of a page that is made already, compressed and as text; PageError when it has none."""
    held = CORE.search(page.read_text(encoding="utf-8")) if page.is_file() else None
    if held is None:
        raise PageError(f"{page} holds no core to go on with: name the file of the compiled core by --core")
    return held[1]


def licences() -> str:
    """What the licences of others ask to be told with their work, as a comment; PageError if it would end early."""
    text = NOTICE.read_text(encoding="utf-8")
    if "--" in text:
        raise PageError(f"{NOTICE} has '--', which may end the comment that the page has it in: write it otherwise")
    return f"<!--\n{text}-->\n"


def made(core: str) -> str:
    """The whole page with a core as `packed` or `held_core` give it."""

    def style(match: re.Match[str]) -> str:
        return f"<style>\n{text_of(match[1])}</style>"

    def script(match: re.Match[str]) -> str:
        if 'id="core-bytes"' in match[1]:
            return f"<script{match[1]}>{core}</script>"
        source = text_of(match[2]).replace("</script", "<\\/script").replace("<!--", "<\\!--")
        return f"<script{match[1]}>\n{source}</script>"

    return SCRIPT.sub(script, STYLE.sub(style, text_of("page.html"))) + licences()


def main() -> None:
    """Writes the page and says how large it is; ends with 1 where it cannot be made or is larger than it may be."""
    reading = argparse.ArgumentParser(description="Makes the classroom page, one HTML file.")
    reading.add_argument(
        "--core", type=Path, help="the compiled core or its folder; without it that of the page as it stands"
    )
    reading.add_argument("-o", "--output", type=Path, default=PAGE, help="the HTML file to write")
    asked = reading.parse_args()
    try:
        text = made(packed(asked.core) if asked.core else held_core(PAGE)).encode("utf-8")
    except PageError as problem:
        raise SystemExit(f"make_page.py: {problem}") from None
    if len(text) > MOST:
        raise SystemExit(f"make_page.py: the page would have {len(text)} bytes, allowed are {MOST}")
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    asked.output.write_bytes(text)
    print(f"{asked.output}: {len(text)} bytes")


if __name__ == "__main__":
    main()
