"""The full model: exposures a second on a million people, and small campaigns a second.

    python -m benchmarks.campaign [--workload C|D] [--rounds N] [--people N]

Workload C: a preferential-attachment network of a million people and ten million arcs, ids
shuffled, 8 messages, 60 ticks, every mechanism of the model on, so that an ad, what advocates post
and complaints come on top. What counts is posts that arrived in feeds, divided by the seconds
between the first tick and the last. One and two threads run by turns, and their digests are
compared before anything is printed. As machines differ by two, it is also told in random reads:
CPU time of a post that arrives on one thread, over that of a four-byte read at a random place of
40 MB, by turns; and what putting the result together takes. Workload D: the shipped `open_house`
on 10,000 people, one network, luck of its own for every run, results read.
"""

from __future__ import annotations

import argparse
import time
from statistics import median

import numba
import numpy as np
import wordofmouth as wom
from wordofmouth.sim.campaign import Campaign

REASONS = {
    "topic": 0.3,
    "trust": 0.5,
    "reward": 0.3,
    "status": 0.2,
    "reciprocity": 0.3,
    "generalised": 0.2,
    "doses": 0.2,
    "image": 0.1,
    "fatigue": 0.2,
}
# Every mechanism of the model, at rates that a lively campaign has.
EVERYTHING = {
    "horizon": 60,
    "attention": 5.0,
    "notice.background": 1.0,
    "people.fans": 0.05,
    "people.susceptibility_spread": 0.5,
    "people.affinity_spread": 0.5,
    "people.opportunists": 0.05,
    "people.overlap": 0.3,
    "channels": {"feed": {"membership": 0.98}, "wall": {"membership": 0.6, "longevity": 24.0}},
    "content_types": {
        "post": {
            "longevity": 48.0,
            "commerciality": 0.3,
            "value": 0.5,
            "offer": 0.2,
            "disclosure": 0.3,
            "dialogue": 0.5,
        },
        "ad": {"commerciality": 0.9, "offer": 0.5},
        "complaint": {"contagiousness": -2.0},
    },
    "content": [
        *["post"] * 4,
        {"type": "post", "channel": "wall"},
        {"type": "post", "brand": "rival"},
        *["post"] * 2,
    ],
    "publish.interval": 4,
    "publish.seeds": 100,
    "publish.seed_cost": 1.0,
    "publish.seed_cost_follower": 0.01,
    "publish.cost": 10.0,
    "publish.outlets": [
        {"name": "paper", "audience": 0.01, "shown": 0.5, "fee": 100.0},
        {"name": "blog", "count": 20, "audience": 0.0005, "acceptance": 0.5},
    ],
    "publish.ads": [{"type": "ad", "tick": 10, "ticks": 5, "audience": 0.05, "impressions": 2.0}],
    "publish.rivals": [{"followers": 0.05}],
    "topic_map.width": 0.3,
    "credibility.off_brand": 0.3,
    "credibility.paid": 0.1,
    "share.base.stranger": 0.3,
    "share.base.fan": 0.3,
    "share.base.advocate": 0.3,
    "share.bounce": 0.2,
    "share.delay": 0.2,
    **{f"share.weight.{reason}": worth for reason, worth in REASONS.items()},
    "incentives": {
        "reward": 2.0,
        "recipient": 1.0,
        "paid": "referral",
        "budget": 20_000.0,
        "discount": 0.1,
        "fraud": 0.05,
        "audit": 0.5,
    },
    "transact": {
        "click": 0.02,
        "click_trust": 0.5,
        "click_offer": 0.3,
        "click_reward": 0.2,
        "convert": 0.1,
        "convert_trust": 0.3,
        "convert_given": 0.3,
        "convert_reward": 0.2,
        "price": 20.0,
        "convert_price": 0.3,
        "risk": 0.3,
        "convert_risk": 0.3,
    },
    "returns": {
        "lead": 0.1,
        "visit": 0.2,
        "repeat": 0.2,
        "bond": 0.5,
        "upsell": 0.1,
        "cross_sell": 0.1,
    },
    "interact": {
        "follow": 0.1,
        "follow_trust": 0.5,
        "unfollow": 0.01,
        "unfollow_fatigue": 0.1,
        "unfollow_selling": 0.5,
        "unfollow_bond": 1.0,
        "unfollow_community": 1.0,
        "like": 0.05,
        "like_bond": 0.5,
        "comment": 0.01,
        "comment_bond": 0.5,
        "comment_dialogue": 0.5,
        "comment_community": 0.5,
        "thank": 0.3,
        "reply": 0.5,
        "capacity": 500,
        "delay": 1,
    },
    "relation": {
        "pressure": 0.05,
        "monologue": 0.02,
        "disclosure": 0.05,
        "trust_half_life": 500.0,
        "bond_half_life": 250.0,
    },
    "complaints": {
        "rate": 0.1,
        "type": "complaint",
        "detection": 0.5,
        "delay": 1,
        "refund": 0.3,
        "churn": 0.3,
    },
    "advocacy": {
        "interval": 12,
        "sample": 1_000,
        "listen": 0.2,
        "outreach": 500,
        "accept_bond": 1.0,
        "accept_activity": 0.5,
        "nurture": 0.3,
        "post": 0.2,
        "bond": 0.5,
    },
    "hurdles": {"delay": 1, "silo": 0.1},
    "effort": {"listening": 1.5, "selling": 0.8},
    "community": {"rooms": 1_000},
    "timeline": [{"tick": 30, "set": {"incentives.reward": 3.0}}],
}

ARRIVED = ("impressions", "negative_impressions", "rival_impressions")


def shuffled(n: int) -> wom.Network:
    """The network of workload C, with ids that say nothing about who came when."""
    grown = wom.Network.generate("preferential_attachment", n, m=5, seed=1)
    name = np.random.default_rng(1).permutation(n)
    source = np.repeat(name, grown.followers)
    return wom.Network.from_edges(source, name[grown.indices], n)


@numba.njit
def reads(column: np.ndarray, count: int) -> int:
    """The sum of what stands at so many random places of a column."""
    place, found = np.uint64(1), 0
    for _ in range(count):
        place ^= place << np.uint64(13)
        place ^= place >> np.uint64(7)
        place ^= place << np.uint64(17)
        # Places of 32 random bits, scaled: a remainder would take longer than the read.
        found += column[((place >> np.uint64(32)) * np.uint64(column.size)) >> np.uint64(32)]
    return found


def seconds_a_read(column: np.ndarray, count: int = 20_000_000) -> float:
    """CPU seconds of a random four-byte read."""
    begin = time.process_time()
    reads(column, count)
    return (time.process_time() - begin) / count


def workload_c(people: int, rounds: int) -> None:
    """Exposures a second, one thread and two by turns."""
    scenario = wom.Scenario().replace(EVERYTHING)
    tiny = wom.Network.generate("preferential_attachment", 200, m=5, seed=1)
    for threads in (1, 2):
        wom.run(scenario, network=tiny, seed=1, threads=threads)
    network = shuffled(people)
    speed: dict[int, list[float]] = {1: [], 2: []}
    digests, noticed, columns = set(), 0.0, 0
    column = np.ones(10_000_000, np.int32)
    reads(column, 1)
    by_reads, told = [], []
    for _ in range(rounds):
        for threads, found in speed.items():
            campaign = Campaign(scenario, network=network, seed=1, threads=threads)
            read = seconds_a_read(column)
            begin, busy = time.perf_counter(), time.process_time()
            campaign.finish()
            seconds, busy = time.perf_counter() - begin, time.process_time() - busy
            before = time.process_time()
            result = campaign.result()
            _ = result.kpis
            told.append(time.process_time() - before)
            arrived = int(sum(result.columns[name].sum() for name in ARRIVED))
            found.append(arrived / seconds)
            if threads == 1:
                by_reads.append(busy / arrived / read)
                each = busy / arrived
            digests.add(result.digest)
            noticed = float(result.columns["noticed"].sum() / result.kpis["impressions"])
            columns = beyond_the_graph(campaign)
    print(f"C: {people:,} people, {network.arcs:,} arcs; {arrived:,} posts arrived in feeds,")
    print(
        f"   {noticed:.0%} of ours noticed; digests of 1 and 2 threads equal: {len(digests) == 1}"
    )
    for threads, found in speed.items():
        print(f"   {threads} thread(s): {median(found) / 1e6:.1f} million a second (median)")
    print(
        f"   CPU of one thread: {1e9 * each:.0f} ns a post, {median(by_reads):.1f} random reads "
        f"(last read {1e9 * read:.1f} ns); result and indicators {median(told):.2f} s"
    )
    ratio = median(two / one for one, two in zip(speed[1], speed[2], strict=True))
    print(f"   two threads over one: {ratio:.2f} x")
    print(f"   memory beyond the graph: {columns / people:.0f} bytes a person")


def beyond_the_graph(campaign: Campaign) -> int:
    """Bytes of everything that a campaign keeps beside its network."""
    owned: dict[int, int] = {}
    for record in [campaign.world, *campaign.states]:
        for column in record:
            for array in column if isinstance(column, tuple) else (column,):
                if isinstance(array, np.ndarray):
                    whole = array.base if isinstance(array.base, np.ndarray) else array
                    owned[id(whole)] = whole.nbytes
    network = campaign.network
    return sum(owned.values()) - network.indptr.nbytes - network.indices.nbytes


def workload_d(rounds: int, runs: int = 200) -> None:
    """Small campaigns a second on one core."""
    scenario = wom.load("open_house")
    network = wom.Network.generate(
        scenario.network.kind, 10_000, seed=1, **scenario.network.generator_options()
    )
    wom.run(scenario, network=network, seed=0, world=1)
    found = []
    for turn in range(rounds):
        begin = time.perf_counter()
        for seed in range(runs):
            wom.run(scenario, network=network, seed=turn * runs + seed, world=1)
        found.append(runs / (time.perf_counter() - begin))
    print(f"D: open_house, 10,000 people: {median(found):,.0f} runs a second and core (median)")


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workload", choices=("C", "D"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--people", type=int, default=1_000_000)
    chosen = parser.parse_args()
    if chosen.workload in (None, "C"):
        workload_c(chosen.people, chosen.rounds)
    if chosen.workload in (None, "D"):
        workload_d(chosen.rounds)


if __name__ == "__main__":
    main()
