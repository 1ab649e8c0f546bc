"""Waiting for a campaign: progress, what went wrong, and when the compiler is at work."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from wordofmouth.experiments.commands import waiting as room
from wordofmouth.experiments.commands.economics import shorter
from wordofmouth.sim.campaign import Campaign
from wordofmouth.sim.errors import InputError
from wordofmouth.sim.parameters import Scenario

from ..typed import Answer

SCENARIO = Scenario(horizon=4).replace({"network.people": 50})


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    """Compile, if need be, before anybody is watched."""
    Campaign(SCENARIO, seed=1).step()


class Slow(Campaign):
    """A campaign that takes its time for every tick."""

    def step(self, deciders: object = None) -> None:
        time.sleep(0.1)
        super().step()


def test_a_quick_campaign_shows_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    result, seconds = room.watched(lambda: Campaign(SCENARIO, seed=1))
    assert result.ticks == 4
    assert seconds > 0
    assert capsys.readouterr() == ("", "")


def test_a_slow_one_shows_progress(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "PATIENCE", 0.05)
    monkeypatch.setattr(room, "compiling", lambda: False)
    result, seconds = room.watched(lambda: Slow(SCENARIO, seed=1))
    assert result.digest == room.watched(lambda: Campaign(SCENARIO, seed=1))[0].digest
    assert seconds >= 0.4
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "the first tick" in shown.err
    assert "/4" in shown.err
    assert "\r" not in shown.err
    assert all(line.strip() for line in shown.err.splitlines())


def test_what_went_wrong_is_raised_where_one_waits() -> None:
    with pytest.raises(InputError, match="threads = 0"):
        room.watched(lambda: Campaign(SCENARIO, threads=0))


def test_the_compiler_is_seen_at_work(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "PATIENCE", 0.01)
    monkeypatch.setattr(room, "compiling", lambda: True)
    room.watched(lambda: Slow(SCENARIO, seed=1))
    assert "compiling the kernels" in capsys.readouterr().err


def test_how_to_wait_less_is_said_once_when_it_is_known_how_long_it_takes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "PATIENCE", 0.01)
    asked: list[float] = []

    def work(tell: Callable[[int, int], None]) -> str:
        for done in range(1, 21):
            tell(done, 1000)
            time.sleep(0.05)
        return "done"

    def hint(left: float) -> str:
        asked.append(left)
        return "there is a shorter way"

    assert room.waited(work, "campaign", hint) == "done"
    assert len(asked) == 1
    # A campaign takes a twentieth of a second or, where the machine is busy, more.
    assert asked[0] > 0.8 * 0.05 * 950
    shown = capsys.readouterr().err
    assert shown.count("there is a shorter way") == 1
    assert "\r" not in shown


@pytest.mark.parametrize(
    ("left", "said"), [(59.0, ""), (61.0, "about 1 minute,"), (600.0, "about 10 minutes,")]
)
def test_economics_says_what_takes_long(left: float, said: str) -> None:
    assert said in shorter(left)
    assert bool(said) == ("--no-break-even" in shorter(left))


def test_run_says_what_has_several_worlds(wom: Callable[..., Answer]) -> None:
    answer = wom("run", "shop", "--replicates", "5")
    assert answer.code == 2
    assert "give `wom report shop --replicates 5`" in answer.error
    assert len(answer.error.splitlines()) == 1
