"""`wom levers`, `wom economics` and `wom credit`: documents, folders, and one sentence an error."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from ..typed import Answer, settings

Wom = Callable[..., Answer]
SMALL = settings(
    "horizon=20", "network.people=400", "network.m=5", "share.base.fan=0.2", "transact.click=0.2"
)
LEVERS = ("--lever", "prize: incentives.reward=5; incentives.prize=90", "--lever", "boost.click=1")


def test_levers_tell_machines_and_are_kept(wom: Wom, tmp_path: Path) -> None:
    typed = ("levers", "open_house", *SMALL, *LEVERS, "--replicates", "3", "--seed", "4")
    answer = wom(*typed, "--outcome", "clicks", "--out", "kept", "--json")
    assert answer.code == 0, answer.error
    told = answer.told
    assert (told["outcome"], told["replicates"], told["campaigns"]) == ("clicks", 3, 12)
    assert set(told["changes"]) == {"prize", "boost.click=1"}
    assert told["changes"]["prize"] == {"incentives.reward": 5, "incentives.prize": 90}
    owed = {row["lever"]: row["mean"] for row in told["outcomes"]["clicks"]["levers"]}
    assert sum(owed.values()) == pytest.approx(told["outcomes"]["clicks"]["difference"]["mean"])
    assert told["sentence"] in answer.error
    kept = pd.read_parquet(tmp_path / "kept" / "replicates.parquet")
    assert len(kept) == 3 * 2 * 3
    clicks = kept[kept["outcome"] == "clicks"].groupby("lever")["gain"].mean()
    assert clicks.to_dict() == pytest.approx(owed)
    assert (tmp_path / "kept" / "picture.png").stat().st_size > 10_000
    again = wom(*typed, "--jobs", "1", "--outcome", "clicks", "--json")
    assert again.told == told


def test_levers_tell_people(wom: Wom) -> None:
    answer = wom("levers", "open_house", *SMALL, *LEVERS, "--replicates", "2")
    assert answer.code == 0, answer.error
    assert "boost.click=1" in answer.out
    assert "together" in answer.out
    assert "Together the levers change registrations" in answer.out.replace("\n", " ")


def test_another_scenario_is_levers_too(wom: Wom, tmp_path: Path) -> None:
    from wordofmouth.scenarios.loader import load
    from wordofmouth.scenarios.toml import document

    goal = load("open_house").replace({"incentives.reward": 3.0, "publish.cost": 1.0})
    (tmp_path / "goal.toml").write_text(document(goal.to_dict()))
    answer = wom("levers", "open_house", "goal.toml", *SMALL, "--replicates", "2", "--json")
    assert answer.code == 0, answer.error
    assert set(answer.told["changes"]) == {"incentives", "publish"}


def test_economics_tells_machines_and_is_kept(wom: Wom, tmp_path: Path) -> None:
    typed = ("economics", "prize_draw", *SMALL, "--replicates", "4", "--no-break-even")
    answer = wom(*typed, "--discount-rate", "0.2", "--cost-per-thousand", "10", "--out", "kept",
                 "--json")  # fmt: skip
    assert answer.code == 0, answer.error
    told = answer.told
    assert told["break_even"] is None
    assert told["broadcast"]["cost_per_thousand"] == 10.0
    assert told["present_value"]["rate"] == 0.2
    assert told["risk"]["worst"] is None
    assert len(pd.read_parquet(tmp_path / "kept" / "replicates.parquet")) == 4 * 4


def test_economics_tells_people(wom: Wom) -> None:
    answer = wom("economics", "prize_draw", *SMALL, "--replicates", "3")
    assert answer.code == 0, answer.error
    for words in ("cost per incremental share", "chance of backlash", "net present value"):
        assert words in answer.out
    assert "It takes off" in answer.out.replace("\n", " ")


def test_credit_of_a_run_and_of_its_folder_is_the_same(wom: Wom, tmp_path: Path) -> None:
    fresh = wom("credit", "open_house", *SMALL, "--seed", "3", "--out", "owed", "--json")
    assert fresh.code == 0, fresh.error
    assert wom("run", "open_house", *SMALL, "--seed", "3", "--out", "kept").code == 0
    kept = wom("credit", "kept", "--json")
    assert kept.told == fresh.told
    total = fresh.told["conversions"]
    assert total > fresh.told["direct"] > 0
    for what in ("role", "hop", "outlet", "channel", "content"):
        for rule in ("first", "last", "shapley"):
            assert sum(row[rule] for row in fresh.told[what]) == pytest.approx(total)
    table = pd.read_parquet(tmp_path / "owed" / "person.parquet")
    assert table["shapley"].sum() == pytest.approx(total)


def test_credit_tells_people(wom: Wom) -> None:
    answer = wom("credit", "open_house", *SMALL, "--by", "content", "--by", "hop")
    assert answer.code == 0, answer.error
    assert "Shapley" in answer.out
    assert "invitation" in answer.out
    assert "nobody: directly" not in answer.out


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        (("levers", "open_house"), "there is no lever; give --lever KEY=VALUE"),
        (("levers", "open_house", "--lever", "prize"), "--lever 'prize' is not allowed; give key="),
        (("levers", "open_house", "--lever", "boost.click="), "lever 'boost.click='"),
        (("levers", "open_house", "--lever", "a:boost.click=1", "--lever", "a:boost.find=1"),
         "--lever 'a' is given twice"),
        (("levers", "open_house", *LEVERS, "--replicates", "0"), "replicates = 0 is not allowed"),
        (("levers", "open_house", *LEVERS, "--outcome", "fame"), "outcome = 'fame' is no outcome"),
        (("levers", "open_house", *LEVERS, "--jobs", "0"), "jobs = 0 is not allowed"),
        (("levers", "open_house", "prize_draw", *LEVERS), "exclude each other"),
        (("levers", "open_house", "--lever", "boost.click=99"), "boost.click = 99"),
        (("economics", "open_house", "--replicates", "-3"), "replicates = -3 is not allowed"),
        (("economics", "open_house", "--discount-rate", "11"), "discount rate = 11.0"),
        (("economics", "open_house", "--cost-per-thousand", "0", "--replicates", "1"),
         "cost per thousand = 0.0"),
        (("credit", "open_house", "--by", "colour"), "--by 'colour' is not allowed; give one of"),
        (("credit", "nowhere"), "there is no scenario 'nowhere'"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_sentence_and_code_2(
    wom: Wom, typed: tuple[str, ...], problem: str
) -> None:
    answer = wom(*typed)
    assert answer.code == 2
    assert problem in answer.error
    assert answer.error.startswith("error: ")
    assert answer.error.count("\n") == 1
    assert answer.out == ""


def test_nothing_of_a_kept_campaign_can_be_changed(wom: Wom) -> None:
    assert wom("run", "open_house", *SMALL, "--out", "kept").code == 0
    answer = wom("credit", "kept", "--seed", "5")
    assert answer.code == 2
    assert "is a campaign that was run already" in answer.error


@pytest.mark.parametrize("command", ["check", "run", "economics"])
def test_a_reward_without_a_brake_is_noted(wom: Wom, command: str) -> None:
    few = ("--replicates", "2", "--no-break-even") if command == "economics" else ()
    typed = (command, "open_house", *SMALL, *few, "--set", "incentives.reward=5")
    answer = wom(*typed)
    assert "incentives.reward = 5 is paid for each share" in answer.out + answer.error
    braked = wom(*typed, "--set", "incentives.budget=50")
    assert braked.code == 0
    assert "give incentives.budget" not in braked.out + braked.error
