"""How Sphinx builds this site: `./run docs`, or `python -m sphinx docs FOLDER` where the package can be imported."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

import cicatrix

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "Cicatrix"
author = "The Cicatrix authors"
version = release = cicatrix.__version__
extensions = ["myst_parser", "from_tables", "offline_math"]
myst_enable_extensions = ["dollarmath", "amsmath"]
myst_heading_anchors = 3
exclude_patterns = ["_ext"]
html_math_renderer = "mathml"
html_theme = "furo" if find_spec("furo") else "alabaster"
html_title = f"Cicatrix {release}"
html_static_path = ["_static"]
html_extra_path = ["../bindings/web/classroom.html"]  # a page of its own, beside the index
html_css_files = ["site.css"]
smartquotes = False  # names and outcomes are copied from the pages
html_show_sphinx = False
html_show_copyright = False
html_copy_source = False
