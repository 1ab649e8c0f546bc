"""`CampaignModel` is a Mesa model like any other: agents, sets, types, collectors."""

from __future__ import annotations

import gc
import pickle
import warnings
from collections import Counter
from typing import Any

import mesa
import numpy as np
import pytest
import wordofmouth as wom
from wordofmouth.agents import Ad, Rival
from wordofmouth.agents import model as model_file
from wordofmouth.agents.person import Person

from .generated import WHOLE

SCENARIO = wom.Scenario().replace(
    {
        "horizon": 5,
        "network.people": 150,
        "people.fans": 0.3,
        "people.advocates": 0.2,
        "share.base.stranger": 0.1,
        "share.base.fan": 0.3,
        "share.weight.trust": 1.0,
        "transact.click": 0.3,
        "transact.convert": 0.5,
        "interact.follow": 0.4,
        "interact.unfollow": 0.0,
        "publish.outlets": [{"name": "paper", "audience": 0.2}, {"name": "blog"}],
        "content": ["post", "post"],
        "publish.interval": 2,
    }
)


def to_the_end(model: wom.CampaignModel) -> wom.Result:
    while model.running:
        model.step()
    return model.result


def a_model(**how: Any) -> wom.CampaignModel:
    return wom.CampaignModel(SCENARIO, **({"rng": 7} | how))


# the model ------------------------------------------------------------------------------------


def test_it_is_a_mesa_model() -> None:
    model = a_model()
    assert isinstance(model, mesa.Model)
    assert isinstance(model.rng, np.random.Generator)
    assert model.running
    assert model.tick == 0


def test_a_step_is_a_tick_and_running_ends_at_the_horizon() -> None:
    model = a_model()
    seen = []
    while model.running:
        model.step()
        seen.append(model.tick)
    assert seen == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("by", ["kernels", "agents"])
def test_a_step_after_the_end_is_refused(by: Any) -> None:
    model = a_model(by=by)
    result = to_the_end(model)
    with pytest.raises(wom.InputError, match=r"^the campaign is over after 5 ticks; give it a lo"):
        model.step()
    assert model.result.digest == result.digest


@pytest.mark.parametrize("rng", [0, 7, 2**62, np.int64(7)])
def test_the_same_number_gives_the_same_campaign(rng: int) -> None:
    assert to_the_end(a_model(rng=rng)).digest == wom.run(SCENARIO, seed=int(rng)).digest


def test_without_a_number_every_campaign_differs() -> None:
    one, other = a_model(rng=None), a_model(rng=None)
    assert one.campaign.seed != other.campaign.seed
    assert to_the_end(one).digest != to_the_end(other).digest
    assert wom.run(SCENARIO, seed=one.result.seed).digest == one.result.digest


def test_network_seeds_world_and_identity_are_honoured() -> None:
    network = wom.Network.from_edges(
        [0, 0, 1, 2, 3], [1, 2, 3, 4, 5], ids=["a", "b", "c", "d", "e", "f"]
    )
    how: dict[str, Any] = {
        "network": network,
        "seeds": ["a", "d"],
        "world": 3,
        "identity": np.arange(6, dtype=np.uint64)[::-1].copy(),
    }
    for by in ("kernels", "agents"):
        model = a_model(by=by, **how)
        result = to_the_end(model)
        assert model.network is network
        assert result.digest == wom.run(SCENARIO, seed=7, **how).digest
        assert {"a", "d"} <= set(result.shares["person"])
        assert [person.row for person in model.brand.asks()] == [0, 3]
        assert model.person(0).identity == 5


@pytest.mark.parametrize(
    ("how", "sentence"),
    [
        ({"rng": -1}, r"^rng = -1 is not allowed; give a whole number 0 to 9223372036854775807\.$"),
        ({"rng": 1.5}, r"^rng = 1.5 is not allowed; give a whole number"),
        ({"rng": True}, r"^rng = True is not allowed; give a whole number"),
        ({"rng": "x"}, r"^rng = 'x' is not allowed; give a whole number"),
        ({"seed": 3}, r"^rng and seed are two names of the same number"),
        ({"rng": None, "seed": -1}, r"^seed = -1 is not allowed"),
        ({"netwrok": None}, r"^netwrok: there is no such parameter; did you mean 'network'\?"),
        ({"by": "hand"}, r"^by = 'hand' is not allowed; give 'kernels' or 'agents'\.$"),
        (
            {"fan": wom.Stranger},
            r"^fan = <class .*> is not allowed; give a class derived from Fan\.$",
        ),
        ({"fan": "Fan"}, r"^fan = 'Fan' is not allowed; give a class derived from Fan\.$"),
        ({"brand": wom.Fan}, r"^brand = .* is not allowed; give a class derived from Brand\.$"),
        ({"seeds": [150]}, r"^150 is not a person of this network of 150"),
    ],
)
def test_nonsense_is_refused_with_a_sentence(how: dict[str, Any], sentence: str) -> None:
    with pytest.raises(wom.InputError, match=sentence):
        a_model(**how)


def test_totals() -> None:
    model = a_model()
    result = to_the_end(model)
    assert model.reach == result.kpis["reach"] > 0
    assert model.shared == len(result.shares) > 0
    assert model.conversions == len(result.buyers) > 0
    assert model.total("clicks") == result.columns["clicks"].sum()
    with pytest.raises(wom.InputError, match=r"^'smiles' is no column; give one of impressions, "):
        model.total("smiles")


def test_two_live_models_do_not_disturb_each_other() -> None:
    alone = [to_the_end(a_model(rng=rng, by="agents")).digest for rng in (1, 2)]
    pair = [a_model(rng=rng, by="agents") for rng in (1, 2)]
    while pair[0].running:
        for model in pair:
            model.step()
    assert [model.result.digest for model in pair] == alone
    pair[0].person(3).trust = 0.0
    assert pair[1].person(3).trust > 0.0
    assert {agent.model for agent in pair[0].agents} == {pair[0]}


def test_a_headless_model_survives_a_pickle() -> None:
    model = a_model()
    model.step()
    copy = pickle.loads(pickle.dumps(model))
    assert copy.tick == 1
    assert not copy.has_agents
    assert copy.result.digest == model.result.digest


# agents ---------------------------------------------------------------------------------------


def live_agents() -> int:
    gc.collect()
    # By type: a proxy of what is gone cannot even be asked what it is an instance of.
    return sum(issubclass(type(thing), mesa.Agent) for thing in gc.get_objects())


def test_a_headless_run_makes_no_agent() -> None:
    before = live_agents()
    model = a_model()
    to_the_end(model)
    assert model.reach > 0
    assert not model.has_agents
    assert live_agents() == before
    assert len(model.agents) == 1 + 2 + 150
    assert model.has_agents


@pytest.mark.parametrize("look", ["agents", "agents_by_type", "agent_types", "brand", "outlets"])
def test_looking_makes_all_agents(look: str) -> None:
    model = a_model()
    getattr(model, look)
    assert model.has_agents
    assert len(list(model.agents)) == 153


def test_looking_at_any_time_changes_nothing() -> None:
    for late in range(6):
        model = a_model()
        while model.running:
            if model.tick == late:
                list(model.agents)
            model.step()
        assert model.result.digest == wom.run(SCENARIO, seed=7).digest


def test_agents_are_numbered_brand_outlets_people_by_row() -> None:
    model = a_model()
    agents = sorted(model.agents, key=lambda agent: agent.unique_id)
    assert [agent.unique_id for agent in agents] == list(range(1, 154))
    assert agents[0] is model.brand
    assert agents[1:3] == model.outlets
    assert [outlet.name for outlet in model.outlets] == ["paper", "blog"]
    assert [person.row for person in agents[3:]] == list(range(150))
    assert [model.person(row) for row in range(150)] == agents[3:]
    assert list(model.agents) == agents


def test_agent_sets_do_what_agent_sets_do() -> None:
    model = a_model()
    model.step()
    people = model.agents.select(lambda agent: isinstance(agent, Person))
    assert len(people) == 150
    assert len(people.select(lambda person: person.trust > 0.5)) == np.sum(model.state.trust > 0.5)
    assert len(model.agents.select(agent_type=wom.Brand)) == 1
    assert people.agg("trust", max) == pytest.approx(model.state.trust.max())
    assert people.agg("bond", sum) == pytest.approx(model.state.bond.sum())
    assert people.get("role") == [person.role for person in people]
    groups = people.groupby("role")
    assert {role: len(group) for role, group in groups} == Counter(people.get("role"))
    people.do(lambda person: setattr(person, "bond", 0.25))
    assert (model.state.bond == 0.25).all()
    visited: list[int] = []
    people.shuffle_do(lambda person: visited.append(person.row))
    assert sorted(visited) == list(range(150))
    assert visited != sorted(visited)
    people.set("trust", 0.75)
    assert (model.state.trust == 0.75).all()


def test_types_and_their_sets() -> None:
    model = a_model()
    by_type = model.agents_by_type
    assert set(model.agent_types) == set(by_type)
    assert set(by_type) == {wom.Brand, wom.Outlet, wom.Stranger, wom.Fan, wom.Advocate}
    assert sum(len(agents) for agents in by_type.values()) == 153
    for kind, agents in by_type.items():
        assert {type(agent) for agent in agents} == {kind}
    roles = Counter(person.role for person in model.people(range(150)))
    kinds = {"stranger": wom.Stranger, "fan": wom.Fan, "advocate": wom.Advocate}
    assert {role: len(by_type[kind]) for role, kind in kinds.items()} == roles


@pytest.mark.parametrize("by", ["kernels", "agents"])
def test_who_follows_becomes_a_fan_and_stays_themselves(by: Any) -> None:
    model = a_model(by=by)
    strangers = {person.row: person for person in model.agents_by_type[wom.Stranger]}
    fans = len(model.agents_by_type[wom.Fan])
    to_the_end(model)
    new = [person for person in strangers.values() if person.role == "fan"]
    assert len(new) == model.total("new_fans") > 0
    by_type = model.agents_by_type
    for row, person in strangers.items():
        assert model.person(row) is person
        kind = wom.Fan if person in new else wom.Stranger
        assert type(person) is kind
        assert person in by_type[kind]
        assert person not in by_type[wom.Stranger if kind is wom.Fan else wom.Fan]
    assert len(by_type[wom.Stranger]) == len(strangers) - len(new)
    assert len(by_type[wom.Fan]) == fans + len(new)
    assert sum(len(agents) for agents in by_type.values()) == len(model.agents) == 153
    assert sorted(agent.unique_id for agent in model.agents) == list(range(1, 154))


def test_a_class_that_nobody_had_appears_with_its_first_agent() -> None:
    scenario = SCENARIO.replace({"people.fans": 0.0, "publish.seeds": 10, "interact.follow": 1.0})
    model = wom.CampaignModel(scenario, rng=7)
    assert wom.Fan not in model.agents_by_type
    model.step()
    assert {type(person) for person in model.agents_by_type[wom.Fan]} == {wom.Fan}
    assert wom.Fan in model.agent_types
    assert len(model.agents_by_type[wom.Fan]) == len(model.brand.followers) >= 10


def test_what_is_read_is_plain_python() -> None:
    model = a_model(by="agents")
    model.step()
    person = model.person(20)
    kinds = {
        "row": int, "role": str, "trust": float, "bond": float, "identity": int, "unique_id": int,
        "susceptibility": float, "affinity": float, "earlier": int, "interest": float,
        "rung": str, "community": float, "given": float, "helped": float, "acts": int,
        "answers": int, "visits": int, "silence": int, "channels": int, "following": int,
    }  # fmt: skip
    assert {name: type(getattr(person, name)) for name in kinds} == kinds
    assert type(person.done(0)) is int
    for name in ("noticed", "passed_on", "clicked_on"):
        assert type(getattr(person, name)(0)) is bool
    assert type(person.fit(0)) is float
    assert type(person.next_visit(0.0)) is float
    for post in model.posts():
        assert [type(x) for x in (post.message, post.hop, post.entry, post.doses)] == [int] * 4
        reader = person if post.sender is not person else model.person(0)
        assert type(reader.closeness(post)) is type(reader.believes(post)) is float
        for verb in ("notice", "click", "find", "convert", "share"):
            assert type(getattr(reader, verb)(post)) is bool
        for verb in ("like", "comment", "adopt", "leave_address"):
            assert type(getattr(reader, verb)(post.message)) is bool
    assert type(model.brand.identity) is type(model.outlets[0].identity) is int
    assert type(model.outlets[0].shows(0, person)) is bool
    for name in ("reach", "shared", "conversions", "tick"):
        assert type(getattr(model, name)) is int


def test_ads_and_rivals_are_agents_too() -> None:
    scenario = SCENARIO.replace(
        {
            "publish.outlets": [{"name": "blog", "count": 3}],
            "publish.ads": [{"name": "spot", "type": "post"}],
            "publish.rivals": [{"name": "other"}],
        }
    )
    model = wom.CampaignModel(scenario, rng=7)
    by_type = model.agents_by_type
    assert [len(by_type[kind]) for kind in (wom.Outlet, Ad, Rival)] == [3, 1, 1]
    assert [account.number for account in model.accounts] == list(range(5))
    assert [account.name for account in model.accounts] == ["blog"] * 3 + ["spot", "other"]
    assert [model.sender(account.sender) for account in model.accounts] == model.accounts
    assert len(model.agents) == 1 + 5 + 150


@pytest.mark.parametrize("by", ["kernels", pytest.param("agents", marks=pytest.mark.slow)])
def test_classes_follow_the_roles_both_ways(by: Any) -> None:
    model = wom.CampaignModel(WHOLE, rng=7, by=by)
    result = to_the_end(model)
    for name in ("new_fans", "lost_fans", "new_advocates", "lost_advocates"):
        assert result.columns[name].sum() > 0, name
    kinds = {"stranger": wom.Stranger, "fan": wom.Fan, "advocate": wom.Advocate}
    by_type = model.agents_by_type
    for person in model.everybody:
        assert type(person) is kinds[person.role]
        assert person in by_type[type(person)]
    assert len(model.brand.followers) == result.kpis["fans"]


# writing through ------------------------------------------------------------------------------


def test_what_is_written_stands_in_the_column() -> None:
    model = a_model()
    person = model.person(11)
    person.trust, person.bond = 0.9, np.float64(0.125)
    assert model.state.trust[11] == np.float32(0.9)
    assert person.trust == pytest.approx(0.9)
    assert person.bond == model.state.bond[11] == 0.125
    model.state.trust[11] = 0.5
    assert person.trust == 0.5
    person.trust = 1
    assert type(person.trust) is float


@pytest.mark.parametrize("by", ["kernels", "agents"])
def test_what_is_written_counts_in_the_next_decision(by: Any) -> None:
    scenario = SCENARIO.replace({"share.weight.trust": 50.0, "credibility.friend": 0.0})
    certain = wom.CampaignModel(scenario, rng=7, by=by)
    for person in certain.agents_by_type[wom.Fan]:
        person.trust = 1.0
    certain.step()
    assert certain.shared >= len(certain.agents_by_type[wom.Fan]) > 0
    hopeless = wom.CampaignModel(scenario.replace({"share.weight.trust": -50.0}), rng=7, by=by)
    for person in hopeless.people(range(150)):
        person.trust = 1.0
    hopeless.step()
    assert hopeless.reach > 0
    assert hopeless.shared == 0


@pytest.mark.parametrize("name", ["trust", "bond"])
@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan"), "much", None, True])
def test_out_of_range_is_refused_with_a_sentence(name: str, value: Any) -> None:
    person = a_model().person(4)
    before = getattr(person, name)
    with pytest.raises(wom.InputError) as refused:
        setattr(person, name, value)
    assert str(refused.value) == f"{name} = {value!r} is not allowed; give a number from 0 to 1."
    assert getattr(person, name) == before


def test_what_campaigns_decide_cannot_be_written() -> None:
    person = a_model().person(4)
    for name in ("role", "identity", "susceptibility", "affinity", "earlier"):
        with pytest.raises(AttributeError):
            setattr(person, name, 0)


# collecting -----------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["kernels", "agents"])
def test_a_collector_collects(by: Any) -> None:
    model = a_model(by=by)
    people = {
        kind: {"trust": "trust", "bond": "bond", "role": "role"} for kind in (wom.Fan, wom.Stranger)
    }
    collector = mesa.DataCollector(
        model_reporters={name: name for name in ("reach", "shared", "conversions")},
        agenttype_reporters=people,
    )
    while model.running:
        model.step()
        collector.collect(model)
    table = collector.get_model_vars_dataframe()
    columns = model.result.columns
    assert table["reach"].tolist() == columns["reach"].cumsum().tolist()
    assert table["conversions"].tolist() == columns["conversions"].cumsum().tolist()
    shares = columns["shares"] + columns["reshares"]
    assert table["shared"].tolist() == shares.cumsum().tolist()
    fans = collector.get_agenttype_vars_dataframe(wom.Fan)
    assert set(fans["role"]) == {"fan"}
    last = fans.loc[fans.index.get_level_values(0).max()]
    assert sorted(last["trust"]) == sorted(p.trust for p in model.agents_by_type[wom.Fan])
    strangers = collector.get_agenttype_vars_dataframe(wom.Stranger)
    assert set(strangers["role"]) == {"stranger"}


def test_a_collector_asks_every_agent_that_has_what_it_asks_for() -> None:
    model = a_model()
    reporters = {
        name: (lambda agent, name=name: getattr(agent, name, None))
        for name in ("trust", "bond", "role")
    }
    collector = mesa.DataCollector(agent_reporters=reporters)
    collector.collect(model)
    model.step()
    collector.collect(model)
    table = collector.get_agent_vars_dataframe()
    assert len(table) == 2 * 153
    assert table["role"].value_counts().sum() == 2 * 150


def test_a_collector_of_attribute_names_asks_people() -> None:
    model = a_model()
    collector = mesa.DataCollector(
        agenttype_reporters={Person: {name: name for name in ("trust", "bond", "role")}}
    )
    collector.collect(model)
    table = collector.get_agenttype_vars_dataframe(Person)
    assert len(table) == 150
    assert table["trust"].to_numpy() == pytest.approx(model.state.trust)


# many -----------------------------------------------------------------------------------------


def test_many_agents_are_announced_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_file, "MANY", 149)
    model = a_model()
    to_the_end(model)
    with pytest.warns(
        UserWarning, match=r"^Making 150 agents takes seconds .* columns of model\.st"
    ):
        list(model.agents)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        list(model.agents)
        model.person(1)
    monkeypatch.setattr(model_file, "MANY", 150)
    list(a_model().agents)


# what people do with any Mesa model -----------------------------------------------------------


def test_a_scenario_may_be_named_and_changed_beside() -> None:
    few = {"network.people": 150, "horizon": 4}
    by_name = wom.CampaignModel("open_house", seed=7, **few)
    result = to_the_end(by_name)
    assert result.digest == wom.run(wom.load("open_house").replace(few), seed=7).digest


def test_a_generator_gives_one_number_and_goes_on() -> None:
    first, second = np.random.default_rng(3), np.random.default_rng(3)
    digest = to_the_end(a_model(rng=first)).digest
    assert to_the_end(a_model(rng=int(second.integers(2**62)))).digest == digest
    assert to_the_end(a_model(rng=first)).digest != digest


def test_a_batch_varies_parameters_and_reports_what_was_counted() -> None:
    rows = mesa.batch_run(
        wom.CampaignModel,
        {"scenario": [SCENARIO], "people.fans": [0.1, 0.5], "seed": [1, 2]},
        number_processes=1,
        display_progress=False,
        data_collection_period=1,
    )
    assert len(rows) == 2 * 2 * SCENARIO.horizon
    for row in rows:
        if row["Step"] == SCENARIO.horizon - 1:
            changed = SCENARIO.replace({"people.fans": row["people.fans"]})
            kpis = wom.run(changed, seed=row["seed"]).kpis
            assert (row["reach"], row["shares"]) == (kpis["reach"], kpis["shares"])


def test_the_collector_grows_until_it_is_replaced() -> None:
    model = a_model()
    model.step()
    assert len(model.datacollector.get_model_vars_dataframe()) == 1
    model.step()
    table = model.datacollector.get_model_vars_dataframe()
    assert table["reach"].tolist() == np.cumsum(model.result.series["reach"][:2]).tolist()
    own = mesa.DataCollector(agent_reporters={"bond": "bond"})
    model.datacollector = own
    model.datacollector.collect(model)
    assert model.datacollector is own
    assert len(own.get_agent_vars_dataframe())


def test_nobody_is_removed() -> None:
    model = a_model()
    with pytest.raises(wom.InputError, match="people stay for the whole campaign"):
        next(iter(model.agents_by_type[wom.Fan])).remove()
    with pytest.raises(wom.InputError, match="people stay"):
        model.remove_all_agents()
