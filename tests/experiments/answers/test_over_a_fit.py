"""A fit in place of a scenario: what every answer makes of it, exactly where that is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth import InputError, Scenario
from wordofmouth.experiments.answers.answer import Answer
from wordofmouth.experiments.answers.diagnosis.uncertain import leads
from wordofmouth.experiments.answers.unknown import remains
from wordofmouth.experiments.show import terminal
from wordofmouth.experiments.worlds.draws import Draws
from wordofmouth.experiments.worlds.given import draws_in

from .fit.measured import campaign, seen

PATHS = ("transact.click", "transact.convert")
FEW: dict[str, Any] = {"replicates": 6, "seed": 3}
DEAR = {"transact.price": 9.0}
# What each answer is asked of a fit, or of a scenario.
ASKED: dict[str, Callable[[Any], Answer]] = {
    "diagnose": lambda source: wom.diagnose(source, **FEW),
    "compare": lambda source: wom.compare(source, DEAR, outcome="clicks", **FEW),
    "levers": lambda source: wom.levers(
        source, {"dear": DEAR, "seen": {"boost.click": 1.0}}, **FEW
    ),
    "economics": lambda source: wom.economics(source, **FEW),
}


@pytest.fixture(scope="module")
def fit() -> wom.Fit:
    """Fit a small shop that spends and sells to what was measured of it."""
    shop = campaign(**{"transact.price": 5.0, "publish.cost": 2.0, "incentives.reward": 1.0})
    observed = seen(shop, "clicks", "conversions")
    return wom.fit(shop, observed, free=PATHS, runs=200, worlds=2, jobs=1)


def without(told: dict[str, Any]) -> dict[str, Any]:
    """Leave out what names the fit."""
    assert told["fit"]["parameters"] == list(PATHS)
    return {name: each for name, each in told.items() if name not in ("fit", "sentence")}


@pytest.mark.parametrize("name", ASKED)
def test_draws_that_are_all_equal_give_the_answer_of_that_scenario(fit: wom.Fit, name: str) -> None:
    certain = replace(fit, z=np.tile(fit.z[7], (50, 1)))
    assert certain.fitted == fit.at(7)
    found, wanted = ASKED[name](certain), ASKED[name](fit.at(7))
    plain = wanted.to_dict()
    assert without(found.to_dict()) == {n: e for n, e in plain.items() if n != "sentence"}
    brief = "Each world has a draw of the fit of measured.csv"
    assert brief in found.sentence
    assert brief not in wanted.sentence
    assert "What is not known" in terminal.text(found.document())
    assert "What is not known" not in terminal.text(wanted.document())


@pytest.mark.parametrize("name", ASKED)
def test_a_fit_says_what_it_left_open(fit: wom.Fit, name: str) -> None:
    open_one = replace(
        fit.drawn(), open=("The data do not see the moon.",), doubt="9 of 10 miss.", folder="april"
    )
    found = ASKED[name](open_one)
    told = found.to_dict()["fit"]
    assert (told["data"], told["draws"], told["open"]) == (
        "measured.csv", len(fit.draws), ["The data do not see the moon."],
    )  # fmt: skip
    document = found.document()
    shown = " ".join(terminal.text(document).split())
    assert "The fit left open: The data do not see the moon." in shown
    assert "The fit misses some of what was measured: 9 of 10 miss." in shown
    assert told["doubt"] == "9 of 10 miss."
    assert "The fit itself misses some of what was measured." in found.sentence
    assert "wom.Fit.load('april')" in document.python
    since = ASKED[name](open_one.under({"transact.click": 0.2}))
    assert since.to_dict()["fit"]["set_since"] == ["transact.click"]
    assert ".under({'transact.click': 0.2})" in since.document().python


def test_what_is_not_known_makes_intervals_wider(fit: wom.Fit) -> None:
    base = fit.fitted
    wide = Draws(base, tuple({"transact.click": k} for k in (0.02, 0.3, 0.1, 0.2)))
    how: dict[str, Any] = {"replicates": 24, "also": ()}
    sure, unsure = (wom.diagnose(each, **how) for each in (base, wide))
    assert unsure.base.width > sure.base.width
    assert unsure["convert"].gain.width > sure["convert"].gain.width
    lasting = unsure.to_dict()["fit"]["of_draws"]
    assert 0.0 < lasting["share"] <= 1.0
    assert lasting["low"] < unsure.stages[0].gain.mean < lasting["high"]
    assert "worlds would not make it narrower" in " ".join(unsure.unknown.says)  # type: ignore[union-attr]


def test_what_a_change_sets_it_has_in_every_draw(fit: wom.Fit) -> None:
    click = Draws(fit.fitted, ({"transact.click": 0.05}, {"transact.click": 0.4}))
    change = {"transact.click": 0.3}
    over, plain = (wom.compare(each, change, **FEW) for each in (click, fit.fitted))
    for name in ("clicks", "conversions", "profit"):
        [[other], [wanted]] = ([x[name].value for x in f.changed.values()] for f in (over, plain))
        assert other == wanted
    bases = [found["transact.click=0.3"]["clicks"].base for found in (over, plain)]
    assert bases[0] != bases[1]
    assert "sets transact.click itself" in " ".join(terminal.text(over.document()).split())


def test_a_scenario_beside_a_fit_is_a_change_of_what_was_fitted(fit: wom.Fit) -> None:
    other = fit.scenario.replace(DEAR)
    as_file = wom.compare(fit, other, outcome="clicks", **FEW)
    as_change = wom.compare(fit, DEAR, outcome="clicks", names=("scenario", "other"), **FEW)
    [one], [two] = as_file.changed.values(), as_change.changed.values()
    assert one["profit"].difference == two["profit"].difference
    levers = wom.levers(fit, other, **FEW)
    assert set(levers.levers) == {"transact"}
    # Who changes a price keeps what it is held against.
    assert set(levers.levers["transact"]) == {"transact.price", "transact.reference_price"}


def test_what_cannot_be_paired_is_refused(fit: wom.Fit) -> None:
    with pytest.raises(InputError, match="two fits have no draws in common"):
        wom.compare(fit, fit, **FEW)
    with pytest.raises(InputError, match="is but changes"):
        wom.compare(DEAR, fit, **FEW)


def test_a_plan_on_top_of_a_fit(fit: wom.Fit) -> None:
    over = {"transact.price": (1, 60)}
    found = wom.optimise(fit, over, trials=2, worlds=2, fresh=2, outcome="revenue")
    assert found.draws == len(fit.draws)
    kpis = [wom.run(fit.at(number), seed=number).kpis["revenue"] for number in (2, 3)]
    assert found.fresh_today.value.tolist() == kpis
    assert found.to_dict()["fit"]["parameters"] == list(PATHS)
    assert "What is not known" in terminal.text(found.document())
    assert "Each world has a draw of the fit of measured.csv" in found.sentence


def test_fresh_worlds_are_held_against_their_own_draws() -> None:
    draws = Draws(wom.load("cascade"), tuple({"transact.click": k / 100} for k in range(90)))
    gains = [float(k) for k in range(40, 80)]
    assert remains(draws, gains, 40).share > 0.9
    mixed = Draws(draws.base, tuple(draws.changes[(k * 37) % 90] for k in range(90)))
    values = [mixed.draw(world)["transact.click"] for world in range(40, 80)]
    assert remains(mixed, values, 40).share > 0.9 > remains(mixed, values).share


def test_leads_are_shares_of_worlds() -> None:
    class Row:
        def __init__(self, value: float) -> None:
            self.value = value

    def rows(*values: float) -> Any:
        return [Row(value) for value in values]

    base = rows(1.0, 1.0, 1.0, 1.0)
    after = {"click": rows(3.0, 2.0, 1.0, 0.0), "convert": rows(2.0, 2.0, 1.0, 5.0)}
    assert leads(base, after, 1) == {"click": 0.5, "convert": 0.5}
    assert leads(base, after, -1) == {"click": 0.25, "convert": 0.0}
    assert leads(base, {}, 1) == {}


def test_a_draw_that_leaves_something_out_has_it_as_the_scenario_has_it() -> None:
    base = Scenario().replace({"transact.click": 0.5})
    known = [0.01 * k for k in range(100)]
    changes = tuple({"transact.click": each} if k % 2 else {} for k, each in enumerate(known))
    values = np.array([each.get("transact.click", 0.5) for each in changes])
    whole = Draws(base, tuple({"transact.click": each} for each in values))
    assert remains(Draws(base, changes), values) == remains(whole, values)


def test_a_kept_fit_has_the_content_types_that_it_had_and_no_others(
    fit: wom.Fit, tmp_path: Path
) -> None:
    assert set(fit.scenario.content_types) == {"post", "never"}  # many more are shipped
    fit.save(tmp_path / "fit")
    draws = draws_in(tmp_path / "fit")
    assert (draws.base, draws.before) == (fit.fitted, fit.scenario)
    assert wom.Fit.load(tmp_path / "fit").scenario == fit.scenario
