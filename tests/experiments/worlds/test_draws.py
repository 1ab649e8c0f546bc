"""Draws: each world has one, the same for all that is compared in it, and yields to what is set."""

from __future__ import annotations

import pickle
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth import InputError, Result, Scenario, StorageError
from wordofmouth.experiments.answers.diagnosis.stages import stepped
from wordofmouth.experiments.studies.runs.campaigns import Campaigns
from wordofmouth.experiments.worlds.draws import Draws
from wordofmouth.experiments.worlds.given import draws_in, given, read_draws, written
from wordofmouth.experiments.worlds.variant import Variant, changed
from wordofmouth.experiments.worlds.worlds import Worlds

SHOP = Scenario().replace(
    {
        "horizon": 12, "network.people": 300, "network.m": 4, "people.fans": 0.3,
        "share.base": {"stranger": 0.02, "fan": 0.05, "advocate": 0.1}, "transact.click": 0.2,
        "publish.outlets": [{"name": "paper", "audience": 0.1, "shown": 0.5, "fee": 3.0}],
    }
)  # fmt: skip
CLICK = ({"transact.click": 0.1}, {"transact.click": 0.6})


def digest(result: Result) -> str:
    return result.digest


def draws(**more: object) -> Draws:
    return Draws(SHOP, CLICK, **more)  # type: ignore[arg-type]


def test_a_world_has_one_draw_and_everything_in_it_the_same() -> None:
    dear = {"transact.price": 30.0}
    asked = {"as it is": SHOP, "dear": changed(SHOP, dear), "whole": SHOP.replace(dear)}
    rows = Worlds(seed=5, draws=draws()).replicates(asked, digest, range(3))
    for number, row in enumerate(rows):
        there = SHOP.replace(CLICK[number % 2])
        wanted = [wom.run(each, seed=5 + number).digest for each in (there, there.replace(dear))]
        assert row == [*wanted, wanted[1]]
    assert Worlds(seed=5, draws=draws(), jobs=2).replicates(asked, digest, range(3)) == rows


def test_draws_that_are_all_as_the_scenario_change_nothing() -> None:
    asked = {"as it is": SHOP, "easier": Variant(SHOP, partial(stepped, stage="click", factor=1.5))}
    same = Draws(SHOP, ({"transact.click": 0.2},))
    drawn = Worlds(draws=same).replicates(asked, digest, range(3))
    assert drawn == Worlds().replicates(asked, digest, range(3))


def test_what_is_set_is_set_in_every_draw() -> None:
    for asked in (changed(SHOP, {"transact.click": 0.3}), SHOP.replace({"transact.click": 0.3})):
        assert {draws().of(world, asked).transact.click for world in range(4)} == {0.3}
    # As a change even where it is the value in the middle, which a whole scenario cannot say.
    middle = changed(SHOP, {"transact.click": 0.2})
    assert draws().of(0, middle).transact.click == 0.2
    assert draws().of(0, SHOP.replace({"transact.price": 7.0})).transact.click == 0.1


def test_what_is_done_to_a_parameter_is_done_to_its_draw() -> None:
    pushed = Draws(SHOP, ({"boost.click": 1.0}, {"boost.click": -1.0}))
    better = Variant(SHOP, partial(stepped, stage="click", factor=2.0))
    found = [pushed.of(world, better).boost.click for world in range(2)]
    assert found == pytest.approx([1.693147, -0.306853], abs=1e-6)


def test_of_a_list_what_is_left_as_it_is_keeps_its_draw() -> None:
    shown = Draws(SHOP, ({"publish.outlets.0.shown": 0.25},))
    there = SHOP.to_dict()["publish"]["outlets"]
    more = changed(SHOP, {"publish.outlets": [*there, {**there[0], "name": "radio"}]})
    assert [each.shown for each in shown.of(0, more).publish.outlets] == [0.25, 0.5]
    less = changed(SHOP, {"publish.outlets": [{**there[0], "fee": 9.0}]})
    [outlet] = shown.of(0, less).publish.outlets
    assert (outlet.shown, outlet.fee) == (0.25, 9.0)
    assert shown.of(0, SHOP.replace({"publish.outlets": []})).publish.outlets == ()


def test_what_is_decided_since_leaves_no_draw_of_it() -> None:
    two = Draws(SHOP, tuple({**each, "transact.convert": 0.5} for each in CLICK))
    since = two.under({"transact": {"click": 0.9, "price": 4.0}})
    assert since.paths == ("transact.convert",)
    assert since.given == ("transact.click",)
    assert {since.at(world).transact.click for world in range(2)} == {0.9}
    assert (since.base.transact.click, since.at(1).transact.price) == (0.9, 4.0)
    assert "luck alone" in since.under({"transact.convert": 0.1}).told(9)


def test_the_values_of_before_are_nobodys_own() -> None:
    before = SHOP.replace({"transact.click": 0.02})
    fitted = draws(before=before)
    other = before.replace({"transact.price": 3.0})
    taken = fitted.taken(other)
    assert taken.transact.click == 0.2
    assert fitted.own(taken) == ()
    assert fitted.of(1, taken).transact.click == 0.6
    own = fitted.taken(before.replace({"transact.click": 0.5}))
    assert fitted.own(own) == ("transact.click",)
    assert fitted.of(1, own).transact.click == 0.5


def test_a_draw_that_is_not_allowed_is_named() -> None:
    wrong = Draws(SHOP, ({}, {"transact.click": 2.0}))
    with pytest.raises(InputError, match=r"draws\[1\]: transact.click = 2"):
        wrong.check()
    with pytest.raises(InputError, match=r"draws\[1\]: transact.click = 2"):
        wrong.at(3)
    with pytest.raises(InputError, match="there is no draw"):
        Draws(SHOP, ())


def test_draws_are_kept_and_travel(tmp_path: Path) -> None:
    mixed = Draws(SHOP, (*CLICK, {"transact.price": 3.0}), source="a.csv", open=("A matter.",),
                  doubt="One misses.")  # fmt: skip
    (tmp_path / "draws.parquet").write_bytes(written(mixed))
    found = read_draws(SHOP, tmp_path / "draws.parquet")
    assert found == mixed
    assert found.digest == mixed.digest != draws().digest
    assert pickle.loads(pickle.dumps(mixed)) == mixed
    nothing = draws().under({"transact.click": 0.3})
    (tmp_path / "draws.parquet").write_bytes(written(nothing))
    assert len(read_draws(nothing.base, tmp_path / "draws.parquet")) == 2
    (tmp_path / "draws.parquet").write_text("no table")
    with pytest.raises(StorageError, match="no table of draws"):
        read_draws(SHOP, tmp_path / "draws.parquet")


def test_a_folder_that_keeps_no_fit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="keeps no fit"):
        draws_in(tmp_path)
    with pytest.raises(InputError, match="keeps no fit"):
        wom.diagnose(tmp_path)
    assert given("open_house")[1] is None
    assert given(draws())[0] is SHOP


def test_draws_are_the_same_after_a_file(tmp_path: Path) -> None:
    """A column of a file has one type: 1 beside 0.5 comes back as 1.0."""
    mixed = Draws(SHOP, ({"transact.click": 1, "horizon": np.int64(3)}, {"transact.click": 0.5}))
    (tmp_path / "draws.parquet").write_bytes(written(mixed))
    again = read_draws(SHOP, tmp_path / "draws.parquet")
    assert again.digest == mixed.digest
    model, other = (Campaigns(SHOP, draws=each) for each in (mixed, again))
    assert [model.digest_in("", k) for k in range(2)] == [other.digest_in("", k) for k in range(2)]
