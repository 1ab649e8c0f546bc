"""Worlds: the same luck for all scenarios of a replicate, whoever runs them, in many jobs."""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Generator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any, cast

import pytest
import wordofmouth as wom
from wordofmouth import InputError, Network, Result, Scenario
from wordofmouth.experiments.answers.diagnosis.observed import Observer
from wordofmouth.experiments.worlds.worlds import Meter, Worlds

SMALL = Scenario().replace(
    {
        "horizon": 12, "network.people": 300, "network.m": 4, "people.fans": 0.3,
        "share.base": {"stranger": 0.02, "fan": 0.05, "advocate": 0.1}, "transact.click": 0.2,
    }
)  # fmt: skip
PAIR = {"as it is": SMALL, "easier": SMALL.replace({"boost.click": 0.5})}


def digest(result: Result) -> str:
    return result.digest


def whose_network(result: Result) -> str:
    return str(result.network["digest"])


def test_a_replicate_is_what_run_does_with_its_seed() -> None:
    rows = Worlds(seed=5).replicates(PAIR, digest, range(3))
    assert rows == [
        [wom.run(scenario, seed=5 + number).digest for scenario in PAIR.values()]
        for number in range(3)
    ]


def test_with_a_world_only_the_luck_differs() -> None:
    rows = Worlds(seed=5, world=9).replicates(PAIR, digest, range(2))
    assert rows[1][0] == wom.run(SMALL, seed=6, world=9).digest
    networks = Worlds(world=9).replicates(PAIR, whose_network, range(2))
    assert len({name for row in networks for name in row}) == 1


@pytest.mark.parametrize("jobs", [2, 3])
def test_the_answer_is_the_same_for_any_number_of_jobs(jobs: int) -> None:
    one, several = Worlds(), Worlds(jobs=jobs)
    assert several.replicates(PAIR, digest, range(7)) == one.replicates(PAIR, digest, range(7))


@pytest.mark.slow
def test_the_answer_is_the_same_in_other_processes() -> None:
    # What is told is of the package: this file has no name under which a worker could import it.
    observer, meter = Observer("clicks"), Meter()
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        there = Worlds(world=3, executor=pool, meter=meter)
        rows = there.replicates(PAIR, observer, range(4))
    here = Worlds(world=3).replicates(PAIR, observer, range(4))
    assert [[(kept.value, kept.trace) for kept in row] for row in rows] == [
        [(kept.value, kept.trace) for kept in row] for row in here
    ]
    assert meter.done == 8


def test_scenarios_that_ask_for_the_same_network_get_the_same_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from wordofmouth.experiments.worlds import networks as room

    made: list[int] = []
    choose = room.choose_network

    def counted(scenario: Scenario, world: int) -> Network:
        made.append(world)
        return choose(scenario, world)

    monkeypatch.setattr(room, "choose_network", counted)
    other = SMALL.replace({"network.m": 5})
    rows = Worlds().replicates({**PAIR, "other": other}, whose_network, range(2))
    assert made == [0, 0, 1, 1]
    assert all(first == second != third for first, second, third in rows)
    made.clear()
    Worlds(world=4, jobs=2).replicates(PAIR, whose_network, range(3))
    assert made == [4]
    made.clear()
    kept = room.Networks(2**20)
    for _ in range(2):
        Worlds(networks=kept).replicates(PAIR, whose_network, range(3))
    assert made == [0, 1, 2]
    made.clear()
    last = room.Networks(latest=2)
    for seed in (0, 1, 0, 2, 1, 2):
        last.of(SMALL, seed)
    assert made == [0, 1, 2, 1]


def test_a_network_and_seeds_of_ones_own_are_used() -> None:
    ring = Network.from_edges([0, 1, 2], [1, 2, 0], 3)
    worlds = Worlds(network=ring, seeds=[1])
    people = worlds.replicates(PAIR, lambda result: result.network["agents"], range(1))
    assert people == [[3, 3]]


def test_what_is_told_of_a_replicate_can_be_joined_where_it_ran() -> None:
    rows = Worlds().replicates(
        PAIR,
        lambda result: result.kpis["clicks"],
        range(4),
        join=lambda told: [after - told[0] for after in told],
    )
    assert all(row[0] == 0 <= row[1] for row in rows)


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_no_thread_begins_a_world_after_the_deadline(jobs: int) -> None:
    """What waits for a thread that is free was begun by it before it could be called back."""
    scenario = {"it": SMALL}

    def slow(result: Result) -> float:
        time.sleep(0.3)
        return result.kpis["reach"]

    list(Worlds().each(scenario, slow, range(1)))  # kernels are there
    late = time.monotonic() + 0.2
    told = list(Worlds(jobs=jobs).each(scenario, slow, range(40), deadline=late))
    assert len(told) <= jobs
    assert told == list(Worlds().each(scenario, slow, range(len(told))))


def test_progress_counts_campaigns_and_nothing_begins_after_the_deadline() -> None:
    meter = Meter()
    two = Worlds(jobs=2, meter=meter)
    two.replicates(PAIR, digest, range(3))
    assert meter.done == 6
    late = time.monotonic() - 1.0
    assert list(Worlds().each(PAIR, digest, range(3), deadline=late)) == []
    some = list(two.each(PAIR, digest, range(400), deadline=time.monotonic() + 0.2))
    assert some == Worlds().replicates(PAIR, digest, range(len(some)))
    assert len(some) < 400


def test_a_bar_is_never_full_while_something_goes_on() -> None:
    told: list[tuple[int, int]] = []
    meter = Meter(lambda *how: told.append(how))
    meter.expect(2)
    for _ in range(3):
        meter(1)
    meter.expect(2)
    meter(1)
    assert told == [(1, 2), (2, 2), (3, 0), (4, 5)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_not_done_in_time_is_given_up_and_nothing_else_changes(jobs: int) -> None:
    worlds = Worlds(jobs=jobs)
    whole = worlds.replicates(PAIR, digest, range(3))
    assert list(worlds.each(PAIR, digest, range(3), stop=time.monotonic() + 1e6)) == whole
    assert list(worlds.each(PAIR, digest, range(3), stop=time.monotonic() - 1.0)) == []
    endless = PAIR["as it is"].replace({"horizon": 100_000})
    begin = time.monotonic()
    told = list(worlds.each({"endless": endless}, digest, range(400), stop=begin + 0.3))
    assert len(told) < 400
    assert time.monotonic() - begin < 30.0


def test_an_executor_is_not_held_to_a_clock_that_may_not_be_its_own() -> None:
    whole = Worlds().replicates(PAIR, digest, range(3))
    with ThreadPoolExecutor(2) as pool:
        there = Worlds(executor=pool)
        assert list(there.each(PAIR, digest, range(3), stop=time.monotonic() - 1.0)) == whole


@pytest.mark.parametrize("own", [True, False])
def test_whoever_looks_no_further_does_not_wait_for_what_was_not_begun(own: bool) -> None:
    looked, begun = threading.Event(), []

    def tell(result: Result) -> int:
        begun.append(result.seed)
        if result.seed > 0:
            assert looked.wait(60.0)
        return result.seed

    with ThreadPoolExecutor(2) as pool:
        worlds = Worlds(jobs=2) if own else Worlds(executor=pool)
        rows = worlds.each({"one": SMALL}, tell, range(40))
        assert next(iter(rows)) == [0]
        threading.Timer(0.5, looked.set).start()
        cast(Generator[Any, None, None], rows).close()
    # Two threads: one more each at most.
    assert set(begun) <= {0, 1, 2}


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"seed": -1}, "seed = -1 is not allowed"),
        ({"seed": 1.5}, "seed = 1.5 is not allowed"),
        ({"world": "x"}, "world = 'x' is not allowed"),
        *(({"jobs": jobs}, f"jobs = {jobs}") for jobs in (0, -1, 1.0, True)),
    ],
)
def test_what_cannot_be_run_is_refused(how: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        Worlds(**how)


def test_there_is_a_scenario() -> None:
    with pytest.raises(InputError, match="scenarios is empty"):
        Worlds().replicates({}, digest, range(1))


def test_a_mistake_in_a_campaign_is_raised_and_ends_the_others() -> None:
    def fails(result: Result) -> None:
        raise InputError("this one.")

    with pytest.raises(InputError, match="this one"):
        Worlds(jobs=2).replicates(PAIR, fails, range(50))
