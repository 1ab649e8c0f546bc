"""The pages that can be read off the package, the copies of the notebooks, and the gallery.

Everything lies in folders that git ignores, and is written only where it would differ, so that a
second build reads only what has changed.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from itertools import groupby, takewhile
from pathlib import Path
from typing import Any

import typer
import wordofmouth as wom
from wordofmouth.experiments.commands.main import app
from wordofmouth.experiments.vocabulary.glossary import GROUPS
from wordofmouth.scenarios.loader import load, names

COMMAND_LINE = """\
# The command line

What `wom COMMAND --help` says, for every command. With `--json`, one document for machines goes
to standard output, and what people read to standard error. The exit code is 0 if all is done, 1
if some runs of a study failed or something does not come out again, 2 for a mistake in what was
typed or read, 3 if a run would not
fit into this machine, 4 if a file or folder cannot be read or written, and 130 if you interrupted
it. A mistake is answered with one sentence.
"""
INDICATORS = """\
# Indicators

What `result.kpis` holds, and what `--outcome` and the `outcomes` of a study may name. A count is of
people or events, a rate is a share of them, 0 to 1, and money is in the scenario's currency. An
indicator that is not defined in a campaign, such as a rate of nothing, is `nan`; a table shows a
dash.
"""
SCENARIOS = """\
# Scenarios and studies

What is shipped, from the files themselves. Each asks a question; the text below it is the file's
own head: what it shows, how that was measured, and where its numbers come from. 000 to 004 are
the five texts that the model starts from ([concepts](../concepts.md)). `wom new mine.toml --like
NAME` gives you a copy to change.

## Scenarios
"""

_HEAD = "| name | label | kind | what it says |\n|---|---|---|---|\n"


def everything(docs: Path, *, draws: bool = True) -> None:
    """Write all of it below the folder of the documentation; pictures that are there may stay."""
    generated = docs / "generated"
    write(generated / "command_line.md", command_line())
    write(generated / "indicators.md", indicators())
    write(generated / "scenarios.md", scenarios(docs.parent))
    write(docs / "generated" / "more.md", more(docs / "api"))
    if draws or not (generated / "gallery").is_dir():
        gallery(generated / "gallery")
    notebooks(docs.parent / "notebooks", docs / "notebooks")


def write(path: Path, text: str) -> None:
    """Write a text unless it is there already: Sphinx goes by the time of a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


# The command line --------------------------------------------------------------------------------


def command_line() -> str:
    """Every command with the help that it prints itself."""
    group: Any = typer.main.get_command(app)
    parts = [COMMAND_LINE, _help("wom", group)]
    parts += [
        _help(f"wom {name}", command)
        for name, command in sorted(group.commands.items())
        if not command.hidden
    ]
    return "\n".join(parts)


def _help(name: str, command: Any) -> str:
    context = command.context_class(command, info_name=name, terminal_width=88)
    return f"## {name}\n\n```text\n{command.get_help(context).strip()}\n```\n"


# The front door ----------------------------------------------------------------------------------


def more(api: Path) -> str:
    """The names of the front door that no page of `docs/api` explains, from their docstrings."""
    said = "".join(page.read_text(encoding="utf-8") for page in sorted(api.glob("*.md")))
    left = [
        name for name in wom.__all__ if not re.search(rf"wordofmouth\.{name}$", said, re.MULTILINE)
    ]
    found = "".join(
        f".. auto{'class' if isinstance(getattr(wom, name), type) else 'function'}:: "
        f"wordofmouth.{name}\n"
        for name in left
    )
    return f"# Everything else\n\n```{{eval-rst}}\n{found or 'Nothing is left.'}\n```\n"


# Indicators --------------------------------------------------------------------------------------


def indicators() -> str:
    """Every indicator: name, label, kind of number, meaning; then the formulas."""
    parts = [INDICATORS]
    for title, terms in GROUPS.items():
        rows = "".join(
            f"| `{name}` | {term.label} | {term.form} | {term.meaning} |\n"
            for name, term in terms.items()
        )
        parts.append(f"## {title}\n\n{_HEAD}{rows}")
    parts.append("## Formulas\n\n```{eval-rst}\n.. autofunction:: wordofmouth.sim.kpis.kpis\n```\n")
    return "\n".join(parts)


# Scenarios and studies ---------------------------------------------------------------------------


def scenarios(root: Path) -> str:
    """Every shipped scenario and study: its question, what was found, its file."""
    parts = [SCENARIOS]
    for name in names():
        file = root / "scenarios" / f"{name}.toml"
        parts.append(f"### {name}\n\n*{plain(load(name).question)}*\n\n{head(file)}\n{whole(file)}")
    parts.append("## Studies\n\n`wom sweep NAME --out DIR` runs one.\n")
    for file in sorted((root / "experiments" / "shipped").glob("*.toml")):
        study = tomllib.loads(file.read_text(encoding="utf-8"))
        said = f"*{plain(study['question'])}*\n\n{plain(study['finding'])}"
        parts.append(f"### {file.stem}\n\n{said}\n\n{head(file)}\n{whole(file)}")
    return "\n".join(parts)


def head(file: Path) -> str:
    """The comment that a file begins with, as Markdown; what is set in stays as it is."""
    lines = file.read_text(encoding="utf-8").splitlines()
    comment = [line[2:] for line in takewhile(lambda line: line.startswith("#"), lines)]
    parts = []
    for is_set_in, run in groupby(comment, key=lambda line: line.startswith("  ")):
        text = "\n".join(run)
        if is_set_in:
            parts.append(f"\n```text\n{text}\n```\n")
        else:
            parts.append(plain(text) + "\n")
    return "".join(parts)


def whole(file: Path) -> str:
    """A file to unfold."""
    text = file.read_text(encoding="utf-8").rstrip()
    return f"<details><summary>{file.name}</summary>\n\n```toml\n{text}\n```\n\n</details>\n"


def plain(text: str) -> str:
    """A text without signs that Markdown would take for its own, but for names in backticks."""
    parts = re.split(r"(`[^`]+`)", text)
    return "".join(
        part if at % 2 else re.sub(r"([*_<`\[\]])", r"\\\1", part) for at, part in enumerate(parts)
    )


# The gallery and the notebooks --------------------------------------------------------------------


# Every figure of a result, from which scenario and with what changed in it.
RESULTS: dict[str, tuple[str, dict[str, Any]]] = {
    "campaign": ("open_house", {}),
    "complaints": ("service_crisis", {"network.people": 3_000}),
    "traffic": ("bouncing", {}),
    "generations": ("meme_contest", {}),
    "cascades": ("meme_contest", {}),
    "ladder": ("advocacy_programme", {"network.people": 3_000}),
    "relation": ("advocacy_programme", {"network.people": 3_000}),
    "voice": ("meme_contest", {}),
    "money": ("super_bowl", {}),
    "network": ("open_house", {"network.people": 700, "network.m": 4, "share.base.stranger": 0.05}),
}
BY = {
    "attention": {"attention": 20.0},
    "a reward": {"incentives.reward": 10.0},
    "more fans": {"people.fans": 0.2},
}
# All else that has a `.plot()`, of a small campaign.
OTHERS: dict[str, Callable[[Any], Any]] = {
    "diagnosis": lambda small: wom.diagnose(small, "reach", replicates=12),
    "comparison": lambda small: wom.compare(
        small, small.replace({"share.weight.trust": 0.0}),
        names=["open_house", "without trust"], outcome="reach", replicates=12,
    ),
    "levers": lambda small: wom.levers(small, BY, outcome="reach", replicates=12),
    "economics": lambda small: wom.economics(small, replicates=40, breaks_even=False),
    "credit": lambda small: wom.credit(wom.run(small.replace({"transact.click": 0.2}), seed=7)),
    "study": lambda small: wom.sweep(
        small, {"incentives.reward": [0.0, 5.0, 10.0, 20.0]}, replicates=8, progress=False
    ),
}  # fmt: skip


def gallery(folder: Path) -> None:
    """Every figure that there is, from small campaigns."""
    folder.mkdir(parents=True, exist_ok=True)
    results: dict[str, Any] = {}
    for kind, (name, changes) in RESULTS.items():
        key = f"{name} {changes}"
        if key not in results:
            results[key] = wom.run(load(name).replace(changes), seed=7)
        drawn(results[key].plot(kind), folder / kind)
    small = load("open_house").replace({"network.people": 1_000})
    for kind, make in OTHERS.items():
        drawn(make(small).plot(), folder / kind)


def drawn(figure: Any, path: Path) -> None:
    """A figure as SVG; as points where that would be larger than 400 kB."""
    from wordofmouth.experiments.show.style import png, svg

    data, suffix = svg(figure), ".svg"
    if len(data) > 400_000:
        data, suffix = png(figure, dpi=150), ".png"
    file = path.with_suffix(suffix)
    if not file.is_file() or file.read_bytes() != data:  # what builds upon it goes by its time
        file.write_bytes(data)


def notebooks(source: Path, target: Path) -> None:
    """Copies below the documentation, which is all that Sphinx reads; their README is the index."""
    found = sorted(source.glob("*.ipynb"))
    for file in found:
        book = json.loads(file.read_text(encoding="utf-8"))
        for cell in book["cells"]:
            tags = cell["metadata"].get("tags", [])
            if "solution" in tags:
                cell["metadata"]["tags"] = [*tags, "hide-cell"]  # folded, as in a notebook
        write(target / file.name, json.dumps(book, indent=1, ensure_ascii=False) + "\n")
    for old in target.glob("*.ipynb"):
        if source / old.name not in found:
            old.unlink()
    about = (source / "README.md").read_text(encoding="utf-8")
    entries = "".join(f"{file.stem}\n" for file in found)
    write(target / "index.md", f"{about}\n```{{toctree}}\n:hidden:\n:maxdepth: 1\n\n{entries}```\n")
