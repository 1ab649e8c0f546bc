"""The report of a diagnosis: the bottleneck, the stages ranked, what would help."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from typing import Final

from ...show.numbers import listed, percent
from ...show.old_page import Bar, Block, Command, Number, Page, Points, Row, Section, Table
from ...show.telling import NOTE, Told, between, change, known, outcome_of, value, verdict
from ..shelved import Shelved, called, framed, seeds_of
from .naive import Naive
from .remedies import extra_cost
from .stages import HANDLES

_HOLDS: Final = (
    ("stages.parquet", "A row a stage, ranked: rate, gain, interval, opened, bought"),
    ("remedies.parquet", "A row a remedy: gain and cost with intervals, what to type"),
    ("role.parquet …", "Each stage by role, hop, content and channel, a file each"),
)
_READING: Final = (
    (
        "Every stage got the same small step, in the same worlds and with the same luck as the "
        "campaign itself: what differs is what the step did."
    ),
    "“Wide open” is what there would be to gain if everybody took the stage.",
    (
        "What money buys is told only where a parameter of the model turns money into improvement; "
        "elsewhere no price was made up."
    ),
    (
        "“Nothing more”: the interval of the further cost holds 0, so that none can be told from "
        "luck. Money has the unit that the prices of the scenario have."
    ),
    NOTE,
)


def diagnosis_page(found: Shelved) -> Page:
    """The report of a diagnosis."""
    told = found.told
    noun = outcome_of(told["outcome"]).noun(found.scenario)
    options = {
        "outcome": told["outcome"], "step": told["step"], "spend": told["spend"],
        "replicates": told["replicates"], "seed": told["seed"], "world": told["world"],
    }  # fmt: skip
    return framed(
        found,
        what=f"Diagnosis of {told['scenario']}, {told['replicates']:,} worlds from seed "
        f"{told['seed']}",
        question=f"At which stage would an improvement add most {noun}?",
        numbers=list(_numbers(told, noun)),
        sections=list(_sections(told, noun)),
        facts=[("Outcome", noun), ("Step", f"odds {_step(told)} better"), *seeds_of(told)],
        python=called("wom.diagnose", ['wom.load("scenario.toml")'], options),
        holds=_HOLDS,
        missing=[]
        if "bottleneck" in told
        else ["Which stage is surely the bottleneck was not noted; the sentence above tells."],
    )


def _numbers(told: Told, noun: str) -> Iterator[Number]:
    form, first = outcome_of(told["outcome"]).form, told["stages"][0]
    yield Number(
        f"{noun.capitalize()} now", value(told["base"]["mean"], form), "Mean over all worlds."
    )
    if not first["idle"]:
        label = "Bottleneck" if told.get("bottleneck") else "First of the stages"
        act = _act(first["stage"])
        yield Number(label, first["stage"], f"Where the step helps most: {act}.")
        yield Number(
            f"{first['stage'].capitalize()}, odds {_step(told)} better",
            change(first["gain"], form),
            f"{noun}; between {between(first['low'], first['high'], form) or '–'}",
        )
    if told["remedies"]:
        best = told["remedies"][0]
        yield Number(
            "Best remedy tried",
            best["remedy"],
            f"{change(best['gain']['mean'], form)} {noun}; {_costs(best)}.",
        )


def _sections(told: Told, noun: str) -> Iterator[Section]:
    form = outcome_of(told["outcome"]).form
    yield Section("What it means", [Points(list(_meaning(told, noun, form)))])
    yield _stages(told, noun, form)
    if told["remedies"]:
        yield _remedies(told, noun, form)
    if (where := _where(told, noun, form)) is not None:
        yield where
    yield Section("How to read it", [Points(_READING)])


def _meaning(told: Told, noun: str, form: str) -> Iterator[str]:
    first = told["stages"][0]
    if told.get("bottleneck"):
        yield (
            f"Work on {_act(first['stage'])} first: of all stages, the same small improvement adds "
            f"most there ({change(first['gain'], form)} {noun} on average)."
        )
    elif "bottleneck" in told:
        yield (
            "No stage can be named for sure. Ask for more worlds with --replicates, or for a "
            "larger step with --step."
        )
    if told["rivals"]:
        yield (
            f"In {told['replicates']:,} worlds {listed(told['rivals'])} cannot be told from it: "
            "what is easier to do there may be the better choice."
        )
    if told["naive"] is not None:
        naive = Naive(**told["naive"]).sentence
        yield f"A glance at the funnel says: {naive} " + (
            "Here that glance is right."
            if told["agrees"]
            else "That is where people are lost, and not where improving adds most."
        )
    if told["remedies"]:
        best = told["remedies"][0]
        low, high = best["gain"]["low"], best["gain"]["high"]
        sure = verdict(best["gain"]["mean"], low, high, _good(told))
        yield (
            f"Of the remedies that were tried, {best['remedy']} helps most: "
            f"{change(best['gain']['mean'], form)} {noun} ({sure}). It {_costs(best)}."
        )


def _stages(told: Told, noun: str, form: str) -> Section:
    turned = [each for each in told["stages"] if not each["idle"]]
    most = max((abs(known(each["gain"])) for each in turned), default=0.0)
    rows: list[Row] = []
    for each in told["stages"]:
        act, rate = _act(each["stage"]), percent(known(each["rate"]))
        if each["idle"]:
            left = f"not turned: {each['idle']}"
            rows.append((each["stage"], "0", "", left, "", rate, "", act))
            continue
        opened = None if each["opened"] is None else each["opened"]["mean"]
        rows.append(
            (
                each["stage"],
                change(each["gain"], form),
                between(each["low"], each["high"], form),
                verdict(each["gain"], each["low"], each["high"], _good(told)),
                Bar(abs(known(each["gain"])) / most if most else 0.0),
                rate,
                "" if each["opened"] is None else change(opened, form),
                act,
            )
        )
    head = (
        "Stage", noun, "Between", "Which is", f"Gain by odds {_step(told)} better", "Rate now",
        "Wide open", "What is done there",
    )  # fmt: skip
    table = Table(f"What improving each stage does to {noun}", head, rows, (1, 2, 5, 6))
    blocks: list[Block] = [table]
    if bought := [each for each in told["stages"] if each["bought"] is not None]:
        blocks.append(_bought(bought, told, noun, form))
    return Section("The stages, ranked", blocks, f"From {_base(told, form)} {noun} now.")


def _bought(stages: list[Told], told: Told, noun: str, form: str) -> Table:
    rows = []
    for each in stages:
        what, gain, spent = (each["bought"][name] for name in ("what", "gain", "spent"))
        interval = between(gain["low"], gain["high"], form)
        said = verdict(gain["mean"], gain["low"], gain["high"], _good(told))
        cost = value(spent["mean"], "money")
        rows.append((each["stage"], what, cost, change(gain["mean"], form), interval, said))
    head = ("Stage", "What is bought", "It really cost, in money", noun, "Between", "Which is")
    caption = f"What {told['spend']:,.4g} of money buys at the stages where the model knows a price"
    return Table(caption, head, rows, (2, 3, 4))


def _remedies(told: Told, noun: str, form: str) -> Section:
    rows = [
        (
            each["remedy"],
            change(each["gain"]["mean"], form),
            between(each["gain"]["low"], each["gain"]["high"], form),
            verdict(each["gain"]["mean"], each["gain"]["low"], each["gain"]["high"], _good(told)),
            _cost(each),
            listed(each["stages"]),
            each["source"],
        )
        for each in told["remedies"]
    ]
    head = (
        "Remedy", noun, "Between", "Which is", "It costs, in money", "Acts on",
        "Text that names it",
    )  # fmt: skip
    blocks: list[Block] = [Table(f"What each remedy does to {noun}", head, rows, (1, 2))]
    world = [] if told["world"] is None else ["--world", str(told["world"])]
    for each in told["remedies"]:
        words = ["wom", "compare", "scenario.toml"]
        words += [word for text in each["settings"] for word in ("--set", text)]
        words += ["--outcome", told["outcome"], "--seed", str(told["seed"]), *world]
        blocks.append(Command(f"To try {each['remedy']}, in this folder", shlex.join(words)))
    return Section(
        "What would help",
        blocks,
        "What the texts that the model starts from name as remedies at the first three stages, run "
        "in the same worlds.",
    )


def _where(told: Told, noun: str, form: str) -> Section | None:
    first = told["stages"][0]
    parts = [each for each in first["parts"] if each["gain"] is not None]
    if first["idle"] or not any(each["gain"]["mean"] for each in parts):
        return None
    rows = [
        (
            each["by"],
            each["part"].replace("_", " "),
            percent(known(each["rate"])),
            change(each["gain"]["mean"], form),
            between(each["gain"]["low"], each["gain"]["high"], form),
        )
        for each in parts
        if each["gain"]["mean"]
    ]
    head = ("By", "Part", "Rate now", noun, "Between")
    return Section(
        f"Where the gain at {first['stage']} falls",
        [Table(f"The gain at {first['stage']} by role, hop, content and channel", head, rows,
               (2, 3, 4))],
    )  # fmt: skip


def _act(stage: str) -> str:
    return HANDLES[stage].act if stage in HANDLES else stage


def _cost(remedy: Told) -> str:
    cost = remedy["cost"]
    return extra_cost(known(cost["mean"]), known(cost["low"]), known(cost["high"]))


def _costs(remedy: Told) -> str:
    text = _cost(remedy)
    return f"costs {text}" if text.startswith("nothing") else f"costs {text} of money"


def _step(told: Told) -> str:
    return percent(told["step"] - 1.0)


def _good(told: Told) -> int:
    return -1 if outcome_of(told["outcome"]).direction < 0 else 1


def _base(told: Told, form: str) -> str:
    base = told["base"]
    interval = between(base["low"], base["high"], form, sign=False)
    return value(base["mean"], form) + (f" ({interval})" if interval else "")
