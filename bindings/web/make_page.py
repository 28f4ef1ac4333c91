"""Makes the classroom page: one HTML file with its styles, scripts, charts and the core, which opens from a disk.

`page.html` names what is inlined, in its order; the core and its loader come from the folder given.
"""

import argparse
import base64
import gzip
import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHARTS = HERE.parent / "charts" / "uplot"
MOST = 500_000  # bytes of the page, so that it goes by mail and onto any stick

STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)">')
SCRIPT = re.compile(r'<script([^>]*?) src="([^"]+)"></script>')


class PageError(Exception):
    """A page that cannot be made, with what to do about it."""


def found(name: str, folders: list[Path]) -> Path:
    """The first file of this name in some folders; PageError when there is none."""
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    places = ", ".join(str(folder) for folder in folders)
    raise PageError(f"{name} is in none of {places}: build the WebAssembly core first, and name its folder by --core")


def script_text(path: Path) -> str:
    """A script as it stands in HTML, where its own end tag must not come up."""
    return path.read_text(encoding="utf-8").replace("</script", "<\\/script").replace("<!--", "<\\!--")


def bytes_text(path: Path) -> str:
    """Bytes compressed and as text; the same bytes give the same text on any day."""
    return base64.b64encode(gzip.compress(path.read_bytes(), compresslevel=9, mtime=0)).decode("ascii")


def page(core: Path) -> str:
    """The whole page, with `cicatrix.wasm` and `core.js` from the folder `core`; PageError when a file is missing."""
    folders = [HERE, CHARTS, core]

    def style(match: re.Match[str]) -> str:
        return f"<style>\n{found(match[1], folders).read_text(encoding='utf-8')}</style>"

    def script(match: re.Match[str]) -> str:
        path = found(match[2], folders)
        if path.suffix == ".wasm":
            return f"<script{match[1]}>{bytes_text(path)}</script>"
        return f"<script{match[1]}>\n{script_text(path)}</script>"

    source = (HERE / "page.html").read_text(encoding="utf-8")
    return SCRIPT.sub(script, STYLE.sub(style, source))


def main() -> None:
    """Writes the page and says how large it is; ends with 1 where it is larger than it may be."""
    reading = argparse.ArgumentParser(description="Makes the classroom page, one HTML file.")
    reading.add_argument("--core", type=Path, required=True, help="folder with cicatrix.wasm and core.js")
    reading.add_argument("-o", "--output", type=Path, required=True, help="the HTML file to write")
    asked = reading.parse_args()
    try:
        text = page(asked.core).encode("utf-8")
    except PageError as problem:
        raise SystemExit(f"make_page.py: {problem}") from None
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    asked.output.write_bytes(text)
    print(f"{asked.output}: {len(text)} bytes")
    if len(text) > MOST:
        raise SystemExit(f"make_page.py: {asked.output} has {len(text)} bytes, allowed are {MOST}")


if __name__ == "__main__":
    main()
