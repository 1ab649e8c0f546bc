"""What was measured, beside what a campaign shows of the same."""

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth.experiments.answers.fit.seen import Summaries, column, seen, tails
from wordofmouth.scenarios.observing.observed import Observed, Trees

from .measured import ROWS, campaign
from .measured import seen as measured


def of(**series: list[float]) -> Observed:
    return Observed("days.csv", hours=1.0, series={k: np.array(v) for k, v in series.items()})


def test_a_campaign_is_read_as_the_data_are() -> None:
    scenario = campaign()
    what = seen(scenario, measured(scenario, "clicks", "reach", "visits"))
    result = wom.run(scenario, seed=11)
    shown = what.reading.series(result)
    assert what.reading.rows == ROWS
    for k, name in enumerate(what.reading.indicators):
        np.testing.assert_array_equal(shown[name], what.table[k])
        assert shown[name].sum() == column(result, name).sum()
    summaries = Summaries(what)
    table = np.stack([shown[name] for name in what.reading.indicators])[None]
    np.testing.assert_allclose(summaries.of(table, {})[0], summaries.of_seen(what))
    assert [summaries.names[k] for k in summaries.main] == ["clicks", "reach", "visits"]


def test_where_nothing_was_measured_nothing_is_compared() -> None:
    gaps = [1.0, np.nan, 3.0, 4.0, np.nan, 6.0]
    what = seen(campaign(), of(clicks=gaps))
    summaries = Summaries(what)
    one, other = np.ones((1, 1, 6)), np.ones((1, 1, 6))
    other[0, 0, [1, 4]] = 99.0
    np.testing.assert_array_equal(summaries.of(one, {}), summaries.of(other, {}))
    assert what.total == {"clicks": 14.0}


def test_rows_may_be_several_ticks_and_weeks() -> None:
    scenario = campaign(horizon=40)
    observed = Observed("w", hours=4.0, series={"clicks": np.ones(10)})
    assert seen(scenario, observed).reading.ticks == 4


def test_cascades_are_compared_by_their_shape_above_the_filter() -> None:
    scenario = campaign()
    what = seen(scenario, Observed("t", trees=Trees(np.array([4, 4, 8, 20]), least=4)))
    assert what.reading.least == 4
    assert what.numbers == tails(np.array([1, 2, 3, 4, 4, 8, 20]), 4)


@pytest.mark.parametrize(
    ("observed", "says"),
    [
        (of(clicks=[1.0] * 4), "4 rows are too few"),
        (of(clicks=[1.0] * 11), "give horizon = 11"),
        (of(weather=[1.0] * 6), "nothing in it can be simulated"),
        (of(reach=[100.0] * 6), "says 600 people, and the scenario has 400"),
        (Observed("d", hours=1.5, series={"clicks": np.ones(6)}), "do not end with a tick"),
        (Observed("d", hours=1.0, series={"clicks": np.ones(6)}, rates={"followers": 900}), "900"),
    ],
)
def test_what_cannot_be_fitted_says_so_before_anything_runs(observed: Observed, says: str) -> None:
    with pytest.raises(wom.InputError, match=says):
        wom.fit(campaign(), observed)
