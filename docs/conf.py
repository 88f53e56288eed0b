"""Sphinx settings; `make docs` builds with warnings as errors."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from pages import write_generated_pages

project = "Felinar"
author = "The Felinar authors"
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
# The figures are included by other pages; search.md by searching.md, because Sphinx keeps the name `search` for itself.
exclude_patterns = ["_build", "figures*.md", "search.md"]
html_theme = "alabaster"
html_theme_options = {"description": "Leads against human trafficking, from piles of adverts", "fixed_sidebar": True}
html_static_path: list[str] = []

write_generated_pages(Path(__file__).parent)
