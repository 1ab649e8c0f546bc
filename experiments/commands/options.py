"""What is typed after ``wom``: the options that many commands share, declared once.

A command is a function with `command` above it. Its parameters are its options; one whose type is
one of the classes of this file stands for all the options that are its fields.

Nothing heavy is imported here: a command imports what it needs when it runs.
"""

from __future__ import annotations

import inspect
import shlex
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, fields, is_dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from ...sim.errors import InputError
from .reading import How

if TYPE_CHECKING:
    from ...sim.parameters import Scenario
    from ..worlds.draws import Draws

# Plain help: rich would take longer to import than everything else that `wom --help` does.
app = typer.Typer(
    name="wom",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Simulate how word of mouth carries a campaign over a social network.",
)
# typer brings a copy of click or uses the installed one, by version: this is its UsageError.
UsageError: Any = typer.BadParameter.__bases__[0]
# The command that runs and its options by name, as they were typed.
typed: ContextVar[tuple[str, Mapping[str, Any]]] = ContextVar("typed")


def command(function: Callable[..., Any]) -> Callable[..., Any]:
    """Make a function a command of `wom`, called by its name.

    Parameters
    ----------
    function
        Its docstring is the help. A parameter whose type is a class of options, such as `Choice`,
        stands for its fields; the function gets an object of that class.
    """
    hints = get_type_hints(function, include_extras=True)
    options: list[inspect.Parameter] = []
    classes: dict[str, Any] = {}
    for name, parameter in inspect.signature(function).parameters.items():
        if is_dataclass(hints[name]):
            classes[name] = hints[name]
            options += _options_of(hints[name])
        else:
            options.append(parameter.replace(annotation=hints[name], kind=parameter.KEYWORD_ONLY))

    @wraps(function)
    def called(**given: Any) -> Any:
        typed.set((function.__name__, dict(given)))
        for name, kind in classes.items():
            given[name] = kind(**{each.name: given.pop(each.name) for each in fields(kind)})
        return function(**given)

    called.__signature__ = inspect.Signature(options)  # type: ignore[attr-defined]
    called.__annotations__ = {each.name: each.annotation for each in options}
    app.command()(called)
    return function


def _options_of(kind: Any) -> list[inspect.Parameter]:
    hints = get_type_hints(kind, include_extras=True)
    defaults = inspect.signature(kind).parameters
    return [
        defaults[each.name].replace(
            annotation=hints[each.name], kind=inspect.Parameter.KEYWORD_ONLY
        )
        for each in fields(kind)
    ]


def scenarios() -> list[str]:
    """The names of the shipped scenarios, for who types one."""
    from ...scenarios.loader import names

    return names()


Outcome = Annotated[
    str, typer.Option("--outcome", metavar="NAME", help="What is to be gained: an indicator.")
]
Replicates = Annotated[
    int, typer.Option("--replicates", metavar="N", help="In how many worlds, at most.")
]
Width = Annotated[
    float | None,
    typer.Option("--width", metavar="X", help="Stop when the interval is that narrow."),
]
Seconds = Annotated[
    float | None, typer.Option("--seconds", metavar="S", help="Budget of time for that.")
]
Jobs = Annotated[int, typer.Option("--jobs", metavar="N", help="Threads; the answer is the same.")]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Change a parameter; may be repeated."),
]
Json = Annotated[
    bool, typer.Option("--json", help="One JSON document to standard output, all else to error.")
]
Force = Annotated[
    bool, typer.Option("--force", help="Write over what another command kept in DIR.")
]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help="The luck of the campaign.")]


@dataclass(frozen=True)
class Telling:
    """Whom an answer is told, and where it is kept.

    Attributes
    ----------
    out
        The folder that keeps it; none does if None.
    force
        Whether it may keep the answer to something else until now.
    as_json
        Whether a machine is told: one document on standard output.
    """

    out: Annotated[
        str | None, typer.Option("--out", metavar="DIR", help="Keep the result in this folder.")
    ] = None
    force: Force = False
    as_json: Json = False


@dataclass(frozen=True)
class Changed(How):
    """What is changed in a scenario, and what network it runs on.

    Attributes
    ----------
    settings
        What follows ``--set``.
    network
        A network file; how it is read is said beside.
    people
        A table of its people.
    """

    settings: Settings = None
    network: Annotated[
        str | None,
        typer.Option("--network", metavar="FILE", help="Run on the network in this file."),
    ] = None
    people: Annotated[
        str | None,
        typer.Option("--people", metavar="FILE", help="Who the people are: a row each, by id."),
    ] = None

    def scenario(self, name: str) -> Scenario:
        """A scenario with all that was typed changed in it.

        Raises
        ------
        InputError
            As `load` and `Scenario.replace`; or if a file is described and there is none.
        """
        from ...scenarios.loader import load

        return self.made_of(load(name))

    def campaign(self, name: str) -> Scenario | Draws:
        """The same, or with the folder of a fit the draws of that, of which all yield to it.

        Raises
        ------
        InputError
            As `scenario`; or if it is a folder that keeps no fit.
        StorageError
            If a file of the fit is missing or damaged.
        """
        from ..worlds.given import draws_in, is_folder

        if not is_folder(name):
            return self.scenario(name)
        found = draws_in(name)
        return found.under(self.changes(found.base))

    def made_of(self, scenario: Scenario) -> Scenario:
        """The same of a scenario that is there already."""
        changes = self.changes(scenario)
        return scenario.replace(changes) if changes else scenario

    def changes(self, scenario: Scenario) -> dict[str, Any]:
        """What was typed that changes a scenario, by dotted path.

        Raises
        ------
        InputError
            If a file is described and there is none.
        """
        from ...scenarios.toml import setting

        changes: dict[str, Any] = dict(setting(text) for text in self.settings or ())
        typed = self.reading()
        changes |= {f"network.{key}": value for key, value in typed.items()}
        if self.network is not None:
            changes["network.file"] = _absolute(self.network)
        if self.people is not None:
            changes["people.file"] = _absolute(self.people)
        if typed and changes.get("network.file", scenario.network.file) is None:
            raise InputError(
                f"--{next(iter(typed))} says how a network file is read; give --network FILE too."
            )
        return changes

    def command(
        self, verb: str, names: Sequence[str], more: Mapping[str, Any] | None = None
    ) -> str:
        """What to type for the same result.

        Parameters
        ----------
        verb, names
            The command, and what stands first.
        more
            Further options by their names; what is None was not given, a list is repeated, and
            true or false is a switch.

        Examples
        --------
        >>> Changed().command("diagnose", ["reunion"], {"step": 1.2, "width": None, "plain": True})
        'wom diagnose reunion --step 1.2 --plain'
        """
        words = ["wom", verb, *names]
        for text in self.settings or ():
            words += ["--set", text]
        options = {"network": self.network, **(more or {})}
        if self.network is not None:
            words += ["--network", options.pop("network"), *self.words()]
        if self.people is not None:
            words += ["--people", self.people]
        for name, value in options.items():
            option = f"--{name.replace('_', '-')}"
            if isinstance(value, bool):
                words.append(option if value else f"--no-{option[2:]}")
                continue
            several = value if isinstance(value, (list, tuple)) else [value]
            words += [word for each in several if each is not None for word in (option, str(each))]
        return shlex.join(words)


def _absolute(file: str) -> str:
    """The path of a file from anywhere; what is piped in has none."""
    return file if file == "-" else str(Path(file).absolute())


@dataclass(frozen=True)
class Luck:
    """Which luck and which world.

    Attributes
    ----------
    seed, world
        Of the campaign, and of network and people if that is another.
    """

    seed: Seed = 0
    world: Annotated[
        int | None,
        typer.Option("--world", metavar="N", help="The seed of network and people, if another."),
    ] = None


Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME|FILE",
        help="A scenario by name, or a scenario file.",
        autocompletion=scenarios,
    ),
]
Source = Annotated[
    str,
    typer.Argument(
        metavar="NAME|FILE|FIT",
        help="A scenario by name, a scenario file, or the folder of a fit: wom fit --out.",
        autocompletion=scenarios,
    ),
]
