"""The bare propagation kernel against other simulators, by turns in one process.

    python -m benchmarks.cascades [--workload A|B] [--rounds N] [--quick]

An *edge trial* is one follower of one sharer, credited equally to kernels that skip. In each round
a peer and this project run one after the other; the ratio is the median over rounds of trials per
second over trials per second. It is printed only if the mean size of large cascades agrees within
4 standard errors.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np
from wordofmouth.sim.cascades import cascades
from wordofmouth.sim.network import Network

from benchmarks.peers import PEERS, Model, Peer, Task

CHANCE = 0.1
# Of the people, from which size on a cascade counts as large.
LARGE = 0.01


@dataclass(frozen=True)
class Workload:
    people: int
    cascades: int


WORKLOADS = {"A": Workload(100_000, 100), "B": Workload(1_000_000, 16)}


@dataclass
class Turn:
    """What one turn did: seconds, edge trials, and the sizes of its cascades."""

    seconds: float
    trials: int
    sizes: np.ndarray

    @property
    def speed(self) -> float:
        return self.trials / self.seconds


def ours(task: Task, count: int, seed: int, keep: str, threads: int) -> Turn:
    """All cascades in one call, as a user makes it, checks and tables included."""
    arguments: dict[str, Any] = {"replicates": count, "seed": seed, "threads": threads}
    begin = time.perf_counter()
    cascades(task.network, task.probability, task.seeds, keep=keep, **arguments)  # type: ignore[call-overload]
    seconds = time.perf_counter() - begin
    forest = cascades(task.network, task.probability, task.seeds, keep="forest", **arguments)
    trials = int(np.diff(task.network.indptr)[forest.person].sum())
    return Turn(seconds, trials, forest.sizes)


def theirs(model: Model, task: Task, count: int, followers: float) -> Turn:
    """Cascades one by one; `followers` of a sharer on average, where a peer only counts them."""
    degrees = np.diff(task.network.indptr)
    turn = Turn(0.0, 0, np.empty(count))
    for number in range(count):
        begin = time.perf_counter()
        model.spread()
        turn.seconds += time.perf_counter() - begin
        sharers = model.sharers()
        if isinstance(sharers, int):
            turn.trials += round(followers * sharers)
            turn.sizes[number] = sharers
        else:
            turn.trials += int(degrees[sharers].sum())
            turn.sizes[number] = len(sharers)
    return turn


def agree(mine: Sequence[Turn], other: Sequence[Turn], people: int) -> tuple[bool, str]:
    """Whether the mean sizes of large cascades agree, and the sentence that says so."""
    a, b = (np.concatenate([turn.sizes for turn in turns]) for turns in (mine, other))
    a, b = a[a > LARGE * people], b[b > LARGE * people]
    if len(b) == 0:
        return False, "no large cascade"
    # The spread of ours serves for both: a slow peer has run only a few.
    error = a.std(ddof=1) * np.sqrt(1 / len(a) + 1 / len(b))
    gap = (b.mean() - a.mean()) / error
    return bool(abs(gap) < 4), f"{a.mean():,.0f} here, {b.mean():,.0f} there, {gap:+.1f} s.e."


def settings(threads: Sequence[int]) -> Iterator[tuple[str, str, bool, int]]:
    """Name, what is kept, whether by arc, and threads."""
    for number in threads:
        suffix = f", {number} threads" if number > 1 else ""
        yield f"one chance, sizes{suffix}", "sizes", False, number
        yield f"one chance, forest{suffix}", "forest", False, number
        yield f"a chance per arc, sizes{suffix}", "sizes", True, number


def compare(peer: Peer, tasks: dict[bool, Task], workload: Workload, rounds: int) -> None:
    """Rounds of turns against one peer, its equality check and its rows of the table."""
    threads = [1, 2] if (os.cpu_count() or 1) > 1 and peer.by_arc else [1]
    mine: dict[str, list[Turn]] = {}
    other: dict[bool, list[Turn]] = {}
    models: dict[bool, Model] = {}
    for by_arc in (False, True) if peer.by_arc else (False,):
        try:
            models[by_arc] = peer.make(tasks[by_arc])
        except ImportError as reason:
            print(f"{peer.name:<12} skipped: {reason}")
            return
    chosen = [each for each in settings(threads) if each[2] in models]
    for _, keep, by_arc, number in chosen:  # compiles; not counted
        warm = ours(tasks[by_arc], 4, 0, keep, number)
    followers = warm.trials / warm.sizes.sum()
    for lap in range(1, rounds + 1):
        for by_arc, model in models.items():
            count = workload.cascades if peer.large else 1
            other.setdefault(by_arc, []).append(theirs(model, tasks[by_arc], count, followers))
            for name, keep, wanted, number in chosen:
                if wanted == by_arc:
                    turn = ours(tasks[by_arc], workload.cascades, lap, keep, number)
                    mine.setdefault(name, []).append(turn)
    for name, _, by_arc, _ in chosen:
        equal, sentence = agree(mine[name], other[by_arc], workload.people)
        pairs = list(zip(mine[name], other[by_arc], strict=True))
        ratio = median(a.speed / b.speed for a, b in pairs)
        here, there = (
            median(turn.speed for turn in side) / 1e6 for side in zip(*pairs, strict=True)
        )
        verdict = f"{ratio:>8,.1f} x" if equal else "  differs"
        print(f"{peer.name:<12} {name:<36} {there:>9,.2f} {here:>9,.1f} {verdict:>10}   {sentence}")


def shuffled_scale_free(people: int, rng: np.random.Generator) -> Network:
    """Barabasi-Albert with m = 5, the old and well-connected not in front."""
    grown = Network.generate("preferential_attachment", people, m=5, seed=1)
    name = rng.permutation(people)
    source = name[np.repeat(np.arange(people), np.diff(grown.indptr))]
    return Network.from_edges(source, name[grown.indices], people, directed=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--workload", choices=sorted(WORKLOADS), help="one of the two; else both")
    parser.add_argument("--rounds", type=int, default=5, help="turns of each, 5 unless told")
    parser.add_argument("--quick", action="store_true", help="workload A at a tenth, 3 rounds")
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores")
    for name, workload in WORKLOADS.items():
        if options.workload not in (None, name) or (options.quick and name == "B"):
            continue
        if options.quick:
            workload = Workload(workload.people // 10, workload.cascades)
        rounds = 3 if options.quick else options.rounds
        rng = np.random.default_rng(2)
        network = shuffled_scale_free(workload.people, rng)
        seeds = rng.choice(workload.people, 10, replace=False).tolist()
        # Rounded to the float32 that a peer takes, so that both are asked the same.
        by_arc = (rng.random(network.arcs) * 2 * CHANCE).astype(np.float32).astype(np.float64)
        tasks = {False: Task(network, CHANCE, seeds), True: Task(network, by_arc, seeds)}
        print(
            f"\nWorkload {name}: {workload.people:,} people, {network.arcs:,} arcs, p = {CHANCE} "
            f"(by arc: uniform up to {2 * CHANCE}), ten seeds, {workload.cascades} cascades, "
            f"{rounds} rounds\n{'':<12} {'':<36} {'million trials/s':>19}"
        )
        print(f"{'peer':<12} {'here':<36} {'there':>9} {'here':>9} {'ratio':>10}   large cascades")
        for peer in PEERS:
            if workload.people > 500_000 and not peer.large:
                print(f"{peer.name:<12} skipped: a million people take it minutes")
                continue
            compare(peer, tasks, workload, rounds)


if __name__ == "__main__":
    main()
