"""The command line: `wom`, its commands, and one clear sentence for everything that goes wrong.

Nothing heavy is imported here: a command imports what it needs when it runs.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer

from ...sim.errors import CampaignError

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

_INTERRUPTED = 130

_NEXT = """\
wom simulates how word of mouth carries a campaign over a social network.

  wom demo               run a university's open house, with a picture
  wom scenarios          list what else is there
  wom run open_house     run one campaign; --set share.base.fan=0.02 changes it
  wom serve              watch it spread in a browser: sliders, two side by side, ask anybody why
  wom diagnose NAME      what holds a campaign back, and what would help most
  wom compare A B        the difference, in the same worlds and with the same luck
  wom levers NAME        what each of several changes adds; --lever KEY=VALUE names one
  wom economics NAME     what a campaign costs and is worth, and what may go wrong
  wom credit NAME        to whom its conversions are owed
  wom report DIR         the page to read of whatever wom kept in a folder
  wom new mine.toml      write a scenario of your own, everything explained
  wom check mine.toml    whether it is valid, and what it needs
  wom sweep              studies: many runs, none of them lost
  wom reproduce          published results, made again
  wom --help             all commands\
"""


def _scenarios() -> list[str]:
    from ...scenarios.loader import names

    return names()


def _studies() -> list[str]:
    from ..studies.runs.declare import names

    return names()


def _papers() -> list[str]:
    from ..answers.reproduction.papers import PAPERS

    return list(PAPERS)


Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME|FILE",
        help="A scenario by name, or a scenario file.",
        autocompletion=_scenarios,
    ),
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Change a parameter; may be repeated."),
]
NetworkFile = Annotated[
    str | None,
    typer.Option("--network", metavar="FILE", help="Run on the network in this file."),
]
Directed = Annotated[
    bool | None,
    typer.Option("--directed/--undirected", help="Whether its lines are directed."),
]
Arrow = Annotated[
    str | None,
    typer.Option(
        "--arrow",
        metavar="hears|follows",
        help="What a directed line 'u v' says: v hears u, or u follows v.",
    ),
]
Json = Annotated[
    bool, typer.Option("--json", help="One JSON document to standard output, all else to error.")
]
Seed = Annotated[int, typer.Option("--seed", metavar="N", help="The luck of the campaign.")]
Out = Annotated[
    str | None, typer.Option("--out", metavar="DIR", help="Keep the result in this folder.")
]
World = Annotated[
    int | None,
    typer.Option("--world", metavar="N", help="The seed of network and people, if another."),
]
Asked = Annotated[
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


@app.callback(invoke_without_command=True)
def _start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    from .console import say

    if version:
        from ... import __version__

        say(f"wordofmouth {__version__}")
    elif context.invoked_subcommand is None:
        say(_NEXT)


@app.command()
def run(
    name: Name,
    settings: Settings = None,
    network: NetworkFile = None,
    directed: Directed = None,
    arrow: Arrow = None,
    seed: Seed = 0,
    world: World = None,
    seeds: Annotated[
        str | None,
        typer.Option("--seeds", metavar="ID,ID", help="People asked to pass on every post."),
    ] = None,
    threads: Annotated[
        int, typer.Option("--threads", metavar="N", help="Threads; the result is the same.")
    ] = 1,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Run one campaign."""
    from .choice import Choice
    from .run import run_campaign

    choice = Choice(name, settings or (), network, directed, arrow, seed, world, seeds)
    run_campaign(choice, threads=threads, out=out, as_json=as_json)


@app.command()
def diagnose(
    name: Name,
    settings: Settings = None,
    network: NetworkFile = None,
    directed: Directed = None,
    arrow: Arrow = None,
    outcome: Asked = "conversions",
    step: Annotated[
        float, typer.Option("--step", metavar="X", help="The factor of the odds at each stage.")
    ] = 1.1,
    spend: Annotated[
        float | None,
        typer.Option("--spend", metavar="MONEY", help="What is spent on each stage in turn."),
    ] = None,
    replicates: Replicates = 64,
    width: Width = None,
    seconds: Seconds = None,
    seed: Seed = 0,
    world: World = None,
    jobs: Jobs = 2,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Name the bottleneck, and what improving each stage brings."""
    from .choice import Choice
    from .diagnose import run_diagnose

    choice = Choice(name, settings or (), network, directed, arrow, seed, world)
    how = {"step": step, "spend": spend, "replicates": replicates, "width": width}
    run_diagnose(choice, outcome, out=out, as_json=as_json, seconds=seconds, jobs=jobs, **how)


@app.command()
def compare(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="A [B]...", help="Scenarios, or one and --set.", autocompletion=_scenarios
        ),
    ],
    settings: Settings = None,
    network: NetworkFile = None,
    directed: Directed = None,
    arrow: Arrow = None,
    outcome: Asked = "conversions",
    replicates: Replicates = 48,
    width: Width = None,
    seconds: Seconds = None,
    seed: Seed = 0,
    world: World = None,
    jobs: Jobs = 2,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Compare scenarios in the same worlds, person by person."""
    from .choice import Choice
    from .diagnose import run_compare

    choice = Choice(names[0], settings or (), network, directed, arrow, seed, world)
    how = {"replicates": replicates, "width": width, "seconds": seconds, "jobs": jobs}
    run_compare(names, choice, outcome, out=out, as_json=as_json, **how)


@app.command()
def levers(
    name: Name,
    goal: Annotated[
        str | None,
        typer.Argument(metavar="[GOAL]", help="A scenario whose differences are the levers."),
    ] = None,
    typed: Annotated[
        list[str] | None,
        typer.Option(
            "--lever",
            metavar="[NAME:]KEY=VALUE[;KEY=VALUE]",
            help="A lever; repeat it for each.",
        ),
    ] = None,
    settings: Settings = None,
    network: NetworkFile = None,
    directed: Directed = None,
    arrow: Arrow = None,
    outcome: Asked = "conversions",
    replicates: Replicates = 32,
    seed: Seed = 0,
    world: World = None,
    jobs: Jobs = 2,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Say what each of several changes adds (Shapley value)."""
    from .choice import Choice
    from .worth import run_levers

    choice = Choice(name, settings or (), network, directed, arrow, seed, world)
    how = {"replicates": replicates, "jobs": jobs}
    run_levers(choice, goal, typed or (), outcome, out=out, as_json=as_json, **how)


@app.command()
def economics(
    name: Name,
    settings: Settings = None,
    network: NetworkFile = None,
    directed: Directed = None,
    arrow: Arrow = None,
    replicates: Replicates = 100,
    discount_rate: Annotated[
        float, typer.Option("--discount-rate", metavar="R", help="Of money, a year; 0.1 is 10 %.")
    ] = 0.1,
    cost_per_thousand: Annotated[
        float | None,
        typer.Option(
            "--cost-per-thousand", metavar="MONEY", help="Of the broadcast to compare with."
        ),
    ] = None,
    breaks_even: Annotated[
        bool,
        typer.Option("--break-even/--no-break-even", help="Whether that share rate is searched."),
    ] = True,
    seed: Seed = 0,
    world: World = None,
    jobs: Jobs = 2,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Say what a campaign costs, is worth, and may lose."""
    from .choice import Choice
    from .worth import run_economics

    choice = Choice(name, settings or (), network, directed, arrow, seed, world)
    how = {"discount_rate": discount_rate, "cost_per_thousand": cost_per_thousand}
    run_economics(
        choice, out=out, as_json=as_json, replicates=replicates, jobs=jobs,
        breaks_even=breaks_even, **how,
    )  # fmt: skip


@app.command()
def credit(
    name: Annotated[
        str,
        typer.Argument(metavar="NAME|FILE|DIR", help="A scenario, or a folder that run kept."),
    ],
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by",
            metavar="WHAT",
            help="person, role, hop, outlet, channel or content; may be repeated.",
        ),
    ] = None,
    settings: Settings = None,
    network: NetworkFile = None,
    directed: Directed = None,
    arrow: Arrow = None,
    seed: Seed = 0,
    world: World = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Say to whom the conversions of one campaign are owed."""
    from .choice import Choice
    from .worth import run_credit

    choice = Choice(name, settings or (), network, directed, arrow, seed, world)
    run_credit(choice, by or (), out=out, as_json=as_json)


@app.command()
def serve(
    name: Annotated[
        str,
        typer.Argument(metavar="[NAME|FILE]", help="The scenario that the page begins with."),
    ] = "open_house",
    settings: Settings = None,
    network: NetworkFile = None,
    directed: Directed = None,
    arrow: Arrow = None,
    seed: Seed = 0,
    host: Annotated[
        str,
        typer.Option("--host", metavar="ADDRESS", help="Where to listen; this machine alone."),
    ] = "127.0.0.1",
    port: Annotated[
        int | None, typer.Option("--port", metavar="N", help="The port; a free one if none.")
    ] = None,
    opens: Annotated[
        bool, typer.Option("--open/--no-open", help="Whether to open it in a browser.")
    ] = True,
    as_json: Json = False,
) -> None:
    """Show campaigns in a browser while they spread; Ctrl-C ends it."""
    from ..live.serve import serve as serve_live
    from .choice import Choice

    choice = Choice(name, settings or (), network, directed, arrow, seed)
    serve_live(choice, host=host, port=port, opens=opens, as_json=as_json)


@app.command()
def check(
    name: Name,
    settings: Settings = None,
    network: NetworkFile = None,
    directed: Directed = None,
    arrow: Arrow = None,
    as_json: Json = False,
) -> None:
    """Say whether a scenario is valid, and what it needs at most."""
    from .check import check_scenario
    from .choice import Choice

    check_scenario(Choice(name, settings or (), network, directed, arrow), as_json=as_json)


@app.command()
def report(
    folder: Annotated[
        str, typer.Argument(metavar="DIR", help="A folder that wom wrote with --out.")
    ],
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="FILE", help="Where to; else report.html in the folder."),
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Open it in a browser.")] = False,
    as_json: Json = False,
) -> None:
    """Make the page to read of whatever wom kept in a folder."""
    from .report import write_report

    write_report(folder, to=to, show=show, as_json=as_json)


@app.command()
def scenarios(as_json: Json = False) -> None:
    """List the scenarios that come with wordofmouth."""
    from .check import list_scenarios

    list_scenarios(as_json=as_json)


@app.command()
def new(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Its name, such as mine.toml.")],
    like: Annotated[
        str, typer.Option("--like", metavar="NAME|FILE", help="The scenario to begin with.")
    ] = "everyday",
) -> None:
    """Write a scenario file of your own, everything explained."""
    from .new import new_file

    new_file(file, like)


@app.command()
def demo(
    out: Annotated[str, typer.Option("--out", metavar="DIR", help="Folder for the picture.")] = ".",
) -> None:
    """Run the open-house campaign and draw its picture."""
    from .run import run_demo

    run_demo(out)


@app.command()
def reproduce(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]", help="A paper by name; none: list them.", autocompletion=_papers
        ),
    ] = None,
    out: Out = None,
    as_json: Json = False,
) -> int:
    """Make a published result again, its numbers beside ours."""
    from .reproduce import list_papers, run_reproduce

    if name is not None:
        return run_reproduce(name, out=out, as_json=as_json)
    list_papers(as_json=as_json)
    return 0


Study = Annotated[str, typer.Argument(metavar="DIR", help="The folder of a study.")]


@app.command()
def sweep(
    study: Annotated[
        str | None,
        typer.Argument(
            metavar="STUDY",
            help="A study by name, or a study file; none: list them.",
            autocompletion=_studies,
        ),
    ] = None,
    out: Annotated[
        str | None, typer.Option("--out", metavar="DIR", help="The folder that keeps the study.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", metavar="N", help="Workers; as many as cores if none.")
    ] = None,
    processes: Annotated[
        bool | None,
        typer.Option(
            "--processes/--threads",
            help="What the workers are; processes if runs show to be many and short.",
        ),
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option("--dask", metavar="ADDRESS|local|slurm", help="Run on a dask cluster."),
    ] = None,
    replicates: Annotated[
        int | None, typer.Option("--replicates", metavar="N", help="In place of the study's.")
    ] = None,
    settings: Settings = None,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Make failed runs again.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what it would take.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Run a study, or what is left of it; no run is lost."""
    from .sweep import run_study

    run_study(
        study, out=out, jobs=jobs, processes=processes, dask=dask, replicates=replicates,
        settings=settings or [], retry_failed=retry_failed, dry_run=dry_run, as_json=as_json,
    )  # fmt: skip


@app.command()
def status(folder: Study, as_json: Json = False) -> None:
    """Say how far a study is."""
    from .sweep import tell_status

    tell_status(folder, as_json=as_json)


@app.command()
def export(
    folder: Study,
    to: Annotated[
        str, typer.Option("--to", metavar="FILE.parquet|csv", help="The file to be written.")
    ],
    as_json: Json = False,
) -> None:
    """Write all runs of a study as one table."""
    from .sweep import export_study

    export_study(folder, to, as_json=as_json)


@app.command()
def analyse(
    folder: Study,
    outcome: Annotated[
        str | None, typer.Option("--outcome", metavar="NAME", help="What is asked about.")
    ] = None,
    out: Annotated[
        str | None, typer.Option("--out", metavar="DIR", help="Draw the figures into this folder.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Say what a study shows: what matters, and how sure it is."""
    from ..studies.shown.telling import analyse_study

    analyse_study(folder, outcome, out=out, as_json=as_json)


def main(arguments: list[str] | None = None) -> int:
    """Run a command.

    Parameters
    ----------
    arguments
        What was typed after ``wom``; that of this process if None.

    Returns
    -------
    int
        The exit code: 0 done, 1 some runs failed, 2 usage or invalid input, 3 refused because of
        limits, 4 storage, 130 interrupted.
    """
    try:
        ended: Any = typer.main.get_command(app).main(
            args=arguments, prog_name="wom", standalone_mode=False
        )
        code = ended if isinstance(ended, int) else 0
    except CampaignError as problem:
        return _fail(str(problem), problem.exit_code)
    except UsageError as problem:
        command = problem.ctx.command_path if problem.ctx else "wom"
        message = problem.format_message()
        end = "" if message.endswith(("?", ".")) else "."
        return _fail(f"{message}{end} See {command} --help.", 2)
    except BrokenPipeError:
        return 0
    except MemoryError:
        return _fail("the campaign needs more memory than there is; ask for fewer people.", 3)
    except (KeyboardInterrupt, typer.Abort):
        code = _INTERRUPTED
    if code == _INTERRUPTED:
        _fail("interrupted; nothing was written.", code)
        if arguments is None:
            # The campaign's thread may be deep in compiled code: Python's own way out would wait
            # for it, or pull the interpreter from under it.
            os._exit(code)
    return code


def _fail(message: str, code: int) -> int:
    for line in message.splitlines():
        print(f"error: {line}", file=sys.stderr)
    sys.stderr.flush()
    return code
