"""Generated scenarios: every stage and switch, over small networks of any shape."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from wordofmouth import Network, Scenario

chances = st.one_of(st.sampled_from([0.0, 1.0]), st.floats(0.05, 0.95))
low_chances = st.one_of(st.sampled_from([0.0, 1.0]), st.floats(0.01, 0.4))
weights = st.one_of(st.just(0.0), st.floats(-2.0, 2.0))
offsets = st.one_of(st.just(0.0), st.floats(-3.0, 3.0))

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "horizon": st.integers(1, 9),
    "hours_per_tick": st.sampled_from([0.5, 1.0, 6.0]),
    "attention": st.one_of(st.just("unlimited"), st.floats(0.2, 8.0)),
    "people.fans": chances,
    "people.advocates": chances,
    "people.activity": st.one_of(st.just(1.0), st.floats(0.2, 1.0)),
    "people.susceptibility_spread": st.sampled_from([0.0, 1.0]),
    "people.affinity_spread": st.sampled_from([0.0, 0.7]),
    "people.bond.fan": chances,
    "publish.seeds": st.integers(0, 3),
    "publish.seeding": st.sampled_from(["random", "followers"]),
    "publish.interval": st.integers(1, 3),
    "publish.outlets": st.lists(
        st.fixed_dictionaries({"audience": chances, "shown": chances}), max_size=2
    ),
    "notice.background": st.sampled_from([0.0, 0.3]),
    "share.base.stranger": low_chances,
    "share.base.fan": low_chances,
    "share.base.advocate": low_chances,
    "share.delay": st.sampled_from([0.0, 0.0, 1.5]),
    **{
        f"share.weight.{reason}": weights
        for reason in (
            "topic",
            "trust",
            "reward",
            "status",
            "reciprocity",
            "doses",
            "image",
            "fatigue",
        )
    },
    "credibility.friend": chances,
    "credibility.closeness": chances,
    "credibility.attenuation": chances,
    "credibility.commerciality": st.floats(0.0, 2.0),
    "incentives.reward": st.sampled_from([0.0, 5.0]),
    "incentives.public": st.booleans(),
    "transact.click": low_chances,
    "transact.click_trust": weights,
    "transact.click_offer": weights,
    "transact.link": chances,
    "transact.recall": chances,
    "transact.convert": chances,
    "transact.convert_trust": weights,
    "transact.convert_value": weights,
    "transact.convert_price": weights,
    "transact.price": st.sampled_from([0.0, 20.0]),
    "transact.risk": chances,
    "transact.convert_risk": weights,
    "interact.follow": chances,
    "interact.follow_trust": weights,
    "interact.thank": chances,
    "interact.capacity": st.integers(0, 4),
    "interact.bond_gain": chances,
    "interact.trust_gain": chances,
    **{
        f"boost.{stage}": offsets
        for stage in (
            "publish",
            "notice",
            "share",
            "reshare",
            "click",
            "find",
            "convert",
            "follow",
            "thank",
        )
    },
    "content": st.lists(st.sampled_from(["one", "two"]), min_size=1, max_size=3),
    "channels.feed.effort": weights,
    **{
        f"content_types.{kind}.{trait}": values
        for kind in ("one", "two")
        for trait, values in {
            "contagiousness": weights,
            "fidelity": chances,
            "longevity": st.floats(0.5, 48.0),
            "commerciality": chances,
            "topic": st.floats(0.0, 1.0),
            "value": chances,
            "offer": chances,
            "spotlight": chances,
        }.items()
    },
}


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """A scenario with every parameter drawn from its range."""
    return Scenario().replace(draw(st.fixed_dictionaries(VALUES)))


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """A network of up to some hundred people: generated, or any set of arcs, with weights or not."""
    n = draw(st.integers(3, 120))
    seed = draw(st.integers(0, 10**6))
    if draw(st.booleans()):
        m = draw(st.integers(1, min(4, n - 1)))
        return Network.generate("preferential_attachment", n, seed=seed, m=m)
    directed = draw(st.booleans())
    arcs = draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=3 * n))
    ties = draw(st.one_of(st.none(), st.just([(7 * k % 11) / 10 for k in range(len(arcs))])))
    source, target = [u for u, _ in arcs], [v for _, v in arcs]
    return Network.from_edges(source, target, n, directed=directed, weights=ties)
