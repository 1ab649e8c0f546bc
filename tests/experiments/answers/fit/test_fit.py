"""Fits of small campaigns: what is known is found, what cannot be seen is said to be so."""

from pathlib import Path

import numpy as np
import pytest
import wordofmouth as wom
from scipy import stats
from wordofmouth.experiments.answers.fit.free import by_themselves
from wordofmouth.experiments.answers.fit.rounds import Laboratory
from wordofmouth.experiments.answers.fit.seen import seen as as_seen
from wordofmouth.experiments.answers.fit.simulated import Simulated

from .measured import campaign, seen

FEW = {"runs": 400, "worlds": 4, "jobs": 1}


def test_what_counts_tell_by_themselves_is_exact() -> None:
    scenario = campaign()
    data = seen(scenario, "clicks", "conversions")
    found = wom.fit(scenario, data, free="transact.convert",
                    priors={"transact.convert": "beta 2 5"}, **FEW)  # fmt: skip
    clicks, bought = (int(data.series[name].sum()) for name in ("clicks", "conversions"))
    assert found.known is not None
    assert (found.known.did, found.known.could) == (bought, clicks)
    exact = stats.beta(2 + bought, 5 + clicks - bought)
    assert stats.kstest(found.draws[:, 0], exact.cdf).pvalue > 0.01
    assert "exactly" in found.document().json().decode()


def test_a_prior_that_is_no_beta_is_weighed_on_a_grid() -> None:
    scenario = campaign()
    found = wom.fit(
        scenario, seen(scenario, "clicks", "conversions"), free="transact.convert", **FEW
    )
    assert found.known is not None
    share = found.known.did / found.known.could
    low, high = found.interval("transact.convert")
    assert low < share < high
    assert high - low < 4.5 * (share * (1 - share) / found.known.could) ** 0.5


def test_what_weighs_on_each_buyer_is_left_to_simulation() -> None:
    scenario = campaign(**{"transact.convert_trust": 1.0})
    found = wom.fit(
        scenario, seen(scenario, "clicks", "conversions"), free="transact.convert", **FEW
    )
    assert found.known is None
    assert found.left[0] < 0.9


def test_what_the_data_cannot_see_is_said_and_found_once_they_can() -> None:
    truth = campaign(**{"transact.click": 0.15, "interact.like": 0.2})
    free = ["transact.click", "interact.like"]
    blind = wom.fit(campaign(), seen(truth, "clicks"), free=free, **FEW)
    assert "They do not see interact.like." in blind.sentence
    said = next(each for each in blind.to_dict()["cannot_tell"] if "interact.like" in each)
    assert "likes" in said.partition("Measured as well")[2]
    assert blind.left[1] > 0.9 > 0.5 > blind.left[0]
    seeing = wom.fit(campaign(), seen(truth, "clicks", "likes"), free=free, **FEW)
    assert seeing.left[1] < 0.5
    assert (
        seeing.interval("interact.like", 0.99)[0] < 0.2 < seeing.interval("interact.like", 0.99)[1]
    )
    assert "interact.like" not in " ".join(seeing.to_dict()["cannot_tell"])


def test_a_misfit_that_no_parameter_repairs_is_named() -> None:
    scenario = campaign()
    data = seen(scenario, "clicks", "likes")
    likes = {**data.series, "likes": data.series["likes"] * 9}
    odd = type(data)(data.source, hours=data.hours, series=likes)
    found = wom.fit(scenario, odd, free="transact.click", **FEW)
    assert any(each.what == "likes" for each in found.checked.misfits)
    assert "lie outside" in found.sentence


def test_it_goes_on_where_it_was_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario, free = campaign(), ["transact.click"]
    data = seen(scenario, "clicks")
    whole = wom.fit(scenario, data, free=free, **FEW)

    def stop(done: int, expected: int) -> None:
        if done > 250:
            raise KeyboardInterrupt

    out = tmp_path / "fit"
    with pytest.raises(KeyboardInterrupt):
        wom.fit(scenario, data, free=free, out=out, progress=stop, **FEW)
    made: list[object] = []
    run = Simulated.run
    monkeypatch.setattr(Simulated, "run", lambda *a: made.append(a) or run(*a))
    again = wom.fit(scenario, data, free=free, out=out, **FEW)
    np.testing.assert_array_equal(again.z, whole.z)
    assert 0 < len(made) < whole.runs - 160
    made.clear()
    wom.fit(scenario, data, free=free, out=out, **FEW)
    assert len(made) <= 6  # the trials alone, which are not kept


def test_it_is_kept_and_read_again(tmp_path: Path) -> None:
    scenario = campaign()
    found = wom.fit(scenario, seen(scenario, "clicks", "conversions"), **FEW)
    assert found.paths == ("transact.click", "transact.convert")
    found.save(tmp_path / "kept")
    again = wom.Fit.load(tmp_path / "kept")
    assert again.sentence == found.sentence
    assert again.to_dict() == found.to_dict()
    fitted = wom.load(tmp_path / "kept" / "fitted.toml")
    assert fitted.transact.click == pytest.approx(found.median("transact.click"))
    assert wom.run(fitted, seed=1).kpis["clicks"] > 0
    with pytest.raises(wom.StorageError, match="keeps no fit"):
        wom.Fit.load(tmp_path)


def test_what_is_free_by_itself_goes_by_what_was_measured() -> None:
    scenario = campaign()
    what = as_seen(scenario, seen(scenario, "clicks", "shares"))
    assert by_themselves(scenario, what) == [
        "share.base.stranger", "share.base.fan", "transact.click",
    ]  # fmt: skip
    nobody = scenario.replace({"people.fans": 0.0, "transact.click": 0.0})
    assert by_themselves(nobody, what) == ["share.base.stranger"]


@pytest.mark.parametrize(
    ("free", "priors", "says"),
    [
        ("transact.convert_price", {"transact.convert_price": "normal 0 1"}, "acts on nothing"),
        ("transact.click", {"interact.like": "beta 1 9"}, "it is not free"),
        ("interact.like.*", None, "has no entries"),
        ("network.mean", None, "network of its own"),
    ],
)
def test_a_fit_that_cannot_work_says_so_before_it_runs(
    free: str, priors: dict[str, str] | None, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Laboratory, "run", lambda *_: pytest.fail("it ran"))
    with pytest.raises(wom.InputError, match=says):
        wom.fit(campaign(), seen(campaign(), "clicks"), free=free, priors=priors, **FEW)


def test_a_star_is_every_one_by_itself() -> None:
    scenario = campaign()
    found = wom.fit(scenario, seen(scenario, "shares", "reach"), free="share.base.*", **FEW)
    assert found.paths == tuple(f"share.base.{each}" for each in ("stranger", "fan", "advocate"))
