"""How Sphinx builds the documentation: `make docs`, or `sphinx-build -W -n -b html docs OUT`.

Nothing is fetched: no fonts, no scripts, no inventories of other projects. What can be read off the
package (command line, indicators, scenarios, the picture of the landing page) is written by
`generate.py` before the pages are read. Notebooks are executed once and remembered;
`WOM_DOCS_EXECUTE=0` leaves them as they are committed, without outputs.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import generate  # noqa: E402  its folder has to be on the path first
import wordofmouth  # noqa: E402
from sphinx.application import Sphinx  # noqa: E402

project = "wordofmouth"
author = "The wordofmouth authors"
copyright = author  # noqa: A001  Sphinx's name for it
version = release = wordofmouth.__version__

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build", "**.ipynb_checkpoints"]
nitpicky = True
# Types of other packages have no page here, and nothing is looked up elsewhere.
nitpick_ignore_regex = [
    (
        r"py:.*",
        r"(numpy|pandas|matplotlib|networkx|mesa|pydantic|collections|concurrent|pathlib)\..*",
    )
]

# Pages -------------------------------------------------------------------------------------------

myst_enable_extensions = ["colon_fence", "deflist", "attrs_block"]
myst_heading_anchors = 4
suppress_warnings = ["myst.xref_ambiguous"]

executes = os.environ.get("WOM_DOCS_EXECUTE", "1") != "0"
nb_execution_mode = "cache" if executes else "off"
nb_execution_cache_path = str(HERE / "_build" / "executed")
nb_execution_timeout = 300
nb_execution_in_temp = True
nb_execution_raise_on_error = True
nb_merge_streams = True
nb_output_stderr = "remove"  # progress, and what other packages warn of

# The package -------------------------------------------------------------------------------------

napoleon_google_docstring = False
# In words and not as fields: what stands for a type is "float in [0, 1]" as often as a class.
napoleon_use_param = False
napoleon_use_rtype = False
napoleon_custom_sections = [("Attributes", "params_style")]
autodoc_member_order = "bysource"
autodoc_typehints = "none"
autodoc_class_signature = "separated"
add_module_names = False
toc_object_entries_show_parents = "hide"
# A name in single backticks is code, as it is in the sources.
default_role = "literal"

# The look ----------------------------------------------------------------------------------------

html_theme = "furo"
html_title = f"wordofmouth {version}"
html_static_path = ["style"]
html_css_files = ["wide.css"]
html_show_sphinx = False
html_copy_source = False
html_theme_options = {"navigation_with_keys": True}
pygments_style = "friendly"
pygments_dark_style = "monokai"


def setup(app: Sphinx) -> None:
    """Mend two habits of napoleon.

    It takes the first sentence of a property that holds a colon for "type: text", and names the
    types of attributes by where they are defined.
    """

    def begin_below(
        _app: Sphinx, what: str, _name: str, _thing: object, _options: object, lines: list[str]
    ) -> None:
        if what == "property":
            lines.insert(0, "\\ ")  # an escaped blank: nothing

    def shorten(
        _app: Sphinx, _what: str, _name: str, _thing: object, _options: object, lines: list[str]
    ) -> None:
        lines[:] = [re.sub(r"\(\*.*?\*\)", short, line) for line in lines]

    def short(found: re.Match[str]) -> str:
        array = r"numpy\.ndarray\[tuple\[.*?\], numpy\.dtype\[numpy\.(\w+)\]\]"
        told = re.sub(array, r"array of \1", found[0])
        return re.sub(r"\b(?:\w+\.)+(?=[A-Z])", "", told)

    app.connect("autodoc-process-docstring", begin_below, priority=100)
    app.connect("autodoc-process-docstring", shorten, priority=900)


generate.everything(HERE, draws=executes)
