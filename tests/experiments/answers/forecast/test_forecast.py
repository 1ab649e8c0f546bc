"""Forecasts: from where a campaign is, with bands that hold; and how they held."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth.experiments.answers.fit.rounds import Simulations
from wordofmouth.experiments.answers.fit.seen import Reading, Seen
from wordofmouth.experiments.answers.forecast.find import conditioned, naive

from ..fit.measured import campaign, seen

LONG = {"horizon": 20, "content": ["post"] * 20}


@cache
def fitted() -> wom.Fit:
    """Give a fit to the first half of a campaign."""
    scenario = campaign(**LONG)
    data = seen(scenario, "clicks", "reach")
    half = {name: values[:10] for name, values in data.series.items()}
    return wom.fit(
        scenario, replace(data, series=half), free="transact.click", runs=200, worlds=2, jobs=1
    )


def test_a_campaign_that_runs_ahead_by_luck_is_forecast_from_where_it_is() -> None:
    # Each campaign has a level of its own, which no parameter tells and five rows show.
    generator = np.random.default_rng(4)
    level = np.exp(generator.normal(3.0, 0.8, 2_000))
    tables = generator.poisson(level[:, None, None], (2_000, 1, 10)).astype(float)
    mine = generator.poisson(60.0, (1, 10)).astype(float)
    what = Seen(Reading(("clicks",), 5, 1), mine[:, :5])
    bands, totals, past = conditioned(what, Simulations(np.zeros((2_000, 1)), tables, {}))
    assert bands.shape == past.shape == (5, 1, 5)
    ahead = mine[:, 5:]
    assert ((bands[0] <= ahead) & (ahead <= bands[-1])).mean() >= 0.6
    assert totals[2, 0] == pytest.approx(600.0, rel=0.1)
    assert totals[-1, 0] - totals[0, 0] < 200.0
    assert np.all(bands == np.rint(bands))


def test_what_was_seen_is_in_what_it_comes_to() -> None:
    found = wom.forecast(fitted(), runs=200, worlds=2, jobs=1)
    assert found.ahead == 10
    first = sum(fitted().what.table[0])
    assert first < found.totals[0, 0] < found.totals[2, 0] < found.totals[-1, 0]
    truth = wom.run(campaign(**LONG), seed=11).kpis["clicks"]
    assert found.totals[0, 0] * 0.9 < truth < found.totals[-1, 0] * 1.1
    assert str(round(fitted().what.total["reach"])) in found.sentence.replace(",", "")


def test_a_change_holds_from_the_end_of_the_data_on() -> None:
    more = wom.forecast(fitted(), changes={"transact.click": 0.4}, runs=200, worlds=2, jobs=1)
    as_is = wom.forecast(fitted(), runs=200, worlds=2, jobs=1)
    assert more.totals[2, 0] > as_is.totals[-1, 0]
    with pytest.raises(wom.InputError, match="decided before the first tick"):
        wom.forecast(fitted(), changes={"people.fans": 0.9}, runs=200, worlds=2, jobs=1)


def test_what_is_kept_can_be_forecast_from(tmp_path: Path) -> None:
    fitted().save(tmp_path / "fit")
    again = wom.forecast(tmp_path / "fit", days=3, runs=200, worlds=2, jobs=1)
    np.testing.assert_array_equal(
        again.bands, wom.forecast(fitted(), days=3, runs=200, worlds=2, jobs=1).bands
    )
    assert again.save(tmp_path / "ahead").is_dir()


def test_a_backtest_tells_how_it_held() -> None:
    whole = campaign(**LONG)
    data = seen(whole, "clicks", "reach")
    fit = wom.fit(whole, data, free="transact.click", runs=200, worlds=2, jobs=1)
    found = wom.backtest(fit, hide=8, fitting=200, runs=200, worlds=2, jobs=1)
    assert found.hidden is not None
    np.testing.assert_array_equal(found.hidden, fit.what.table[:, 12:])
    assert 0.6 <= found.coverage <= 1.0
    own, other = found.errors()["clicks"]
    total = data.series["clicks"].sum()
    assert own == pytest.approx(abs(found.totals[2, 0] - total) / total)
    assert other >= 0.0
    assert "Of what was hidden" in found.sentence


def test_nothing_ahead_or_too_much_hidden_is_refused() -> None:
    whole = replace(fitted(), scenario=fitted().scenario.replace({"horizon": 10}))
    with pytest.raises(wom.InputError, match="say how many more"):
        wom.forecast(whole, runs=200)
    with pytest.raises(wom.InputError, match="leaves 4 of 10 rows"):
        wom.backtest(fitted(), hide=6)


def test_without_a_model_the_last_week_goes_on() -> None:
    seen_ = np.array([[100.0] + [7.0] * 7, [np.nan] * 7 + [2.0]])
    np.testing.assert_array_equal(naive(seen_, 2), [[7.0, 7.0], [2.0, 2.0]])
