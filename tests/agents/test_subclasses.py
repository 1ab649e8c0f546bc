"""Classes of one's own are honoured, by kernels as by agents, or refused with a sentence."""

from __future__ import annotations

import math
from collections import deque
from typing import Any

import numpy as np
import pytest
import wordofmouth as wom
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wordofmouth.agents import Contact, Exposure
from wordofmouth.agents.person import Person
from wordofmouth.sim.draws import happens

from .classes import (
    BASE,
    RICH,
    RICH_BASE,
    SCENARIO,
    Chatty,
    both,
    of_role,
    people_who,
    played,
    roles_at_birth,
    times,
)
from .generated import scenarios
from .generated_networks import networks

# people ---------------------------------------------------------------------------------------


class Silent(wom.Fan):
    """Never shares."""

    def share(self, exposure: Exposure) -> bool:
        return False


def test_fans_who_never_share() -> None:
    scenario = SCENARIO.replace({"publish.seeds": 0, "interact.follow": 0.0})
    result = both(scenario, fan=Silent)
    assert roles_at_birth(wom.run(scenario, seed=7), people_who(result, "share")) >= {"stranger"}
    assert roles_at_birth(result, people_who(result, "share")) == {"stranger", "advocate"}
    assert "fan" in roles_at_birth(result, people_who(result, "buyer"))


def test_fans_who_never_share_still_do_what_they_are_asked() -> None:
    result = both(fan=Silent, seeds=list(range(150)))
    assert len(people_who(result, "share")) == 150


def test_who_becomes_a_fan_becomes_silent() -> None:
    scenario = SCENARIO.replace({"interact.follow": 1.0, "publish.seeds": 0, "share.delay": 0.0})
    result = both(scenario, fan=Silent)
    fans, log = set(np.flatnonzero(result.role == 1).tolist()), result.share_log
    new = fans & of_role(result, "stranger")
    # Their first share is what made them fans, and there is no other.
    assert new & set(log.person.tolist())
    shares = log.person[np.isin(log.person, list(new))]
    assert len(shares) == len(set(shares.tolist()))
    more = wom.run(scenario, seed=7).share_log.person
    assert any((more == row).sum() > 1 for row in new)


class Moody(wom.Fan):
    """In the mood for it half of the time."""

    def share(self, exposure: Exposure) -> bool:
        in_the_mood = happens(self.luck(1_000, exposure.message), 0.5)
        return in_the_mood and super().share(exposure)


def test_fans_who_share_half_of_the_time() -> None:
    scenario = SCENARIO.replace({"publish.seeds": 0, "share.base.fan": 1.0, "share.delay": 0.0})
    fans = of_role(BASE, "fan")
    often = wom.run(scenario, seed=7).share_log.person
    seldom = both(scenario, fan=Moody).share_log.person
    assert 0.3 < np.isin(seldom, list(fans)).sum() / np.isin(often, list(fans)).sum() < 0.7


@pytest.mark.parametrize("verb", wom.Stranger.VERBS)
def test_strangers_who_refuse_one_thing(verb: str) -> None:
    refusing = type("Refusing", (wom.Stranger,), {verb: lambda self, about: False})
    result = both(RICH, stranger=refusing)
    assert result.digest != RICH_BASE.digest
    if verb == "share":  # whom nobody brings it any more may see it at first hand, and share that
        assert result.share_log.person.size < RICH_BASE.share_log.person.size
    else:
        assert times(result, verb) < times(RICH_BASE, verb)
    if verb == "follow":
        assert times(result, verb) == 0


@pytest.mark.parametrize("verb", wom.Stranger.VERBS)
def test_strangers_who_do_one_thing_always(verb: str) -> None:
    eager = type("Eager", (wom.Stranger,), {verb: lambda self, about: True})
    assert times(both(RICH, stranger=eager), verb) > times(RICH_BASE, verb)


@pytest.mark.parametrize("verb", ["like", "comment", "unfollow"])
def test_fans_who_refuse_one_thing_or_do_it_always(verb: str) -> None:
    never, always = (
        type("Odd", (wom.Fan,), {verb: lambda self, about, yes=yes: yes}) for yes in (False, True)
    )
    assert (
        times(both(RICH, fan=never), verb)
        < times(RICH_BASE, verb)
        < times(both(RICH, fan=always), verb)
    )


@pytest.mark.parametrize("by", ["kernels", "agents"])
def test_what_a_verb_is_told(by: Any) -> None:
    told: list[Exposure] = []

    class Curious(wom.Stranger):
        def share(self, exposure: Exposure) -> bool:
            told.append(exposure)
            return super().share(exposure)

    model = wom.CampaignModel(SCENARIO, rng=7, by=by, stranger=Curious)
    while model.running:
        told.clear()
        tick = model.tick
        model.step()
        for post in told:
            assert 0 <= post.message < 3
            assert 1 <= post.doses <= 15
            if post.hop == 0:
                assert post.sender in (model.brand, *model.outlets)
            else:
                log = model.result.share_log
                row = np.flatnonzero(
                    (log.person == post.sender.row) & (log.message == post.message)
                )
                assert log.tick[row] < tick
                assert log.hop[row] == post.hop - 1
    assert model.result.digest == BASE.digest


class Devoted(wom.Advocate):
    """Passes on whatever they notice, and notices all that comes from the brand itself."""

    def share(self, exposure: Exposure) -> bool:
        return True

    def notice(self, exposure: Exposure) -> bool:
        return exposure.hop == 0 or super().notice(exposure)


def test_a_class_for_every_role() -> None:
    class Shy(wom.Stranger):
        def follow(self, message: int) -> bool:
            return message == 1 and super().follow(message)

    class Thrifty(wom.Fan):
        def convert(self, exposure: Exposure) -> bool:
            return False

    result = both(
        SCENARIO.replace({"interact.follow": 0.8}),
        stranger=Shy,
        advocate=Devoted,
        fan=Thrifty,
        brand=Chatty,
    )
    assert result.columns["new_fans"].sum() == 0  # message 1 is never posted by this brand
    assert not people_who(result, "buyer") & of_role(result, "fan")
    assert of_role(result, "advocate") <= people_who(result, "share")


def test_an_agent_may_remember() -> None:
    class Once(wom.Stranger):
        """Passes on the first message of the campaign that it sees, and no other."""

        def share(self, exposure: Exposure) -> bool:
            return self.earlier <= 1 and super().share(exposure)

    result = both(stranger=Once)
    assert 0 < len(result.share_log.person) < len(BASE.share_log.person)


def test_an_agent_may_have_a_birth_of_its_own() -> None:
    class Trusting(wom.Stranger):
        def __init__(self, model: wom.CampaignModel, row: int) -> None:
            super().__init__(model, row)
            self.trust = 1.0

    model = wom.CampaignModel(SCENARIO, rng=7, stranger=Trusting)
    assert {person.trust for person in model.agents_by_type[Trusting]} == {1.0}


@pytest.mark.parametrize("by", ["kernels", "agents"])
def test_types_are_the_given_classes(by: Any) -> None:
    shy = type("Shy", (wom.Stranger,), {})
    model = wom.CampaignModel(SCENARIO, rng=7, by=by, stranger=shy, fan=Moody)
    strangers = len(model.agents_by_type[shy])
    while model.running:
        model.step()
    by_type = model.agents_by_type
    assert set(by_type) == {wom.Brand, wom.Outlet, shy, Moody, wom.Advocate}
    assert len(by_type[shy]) == strangers - model.total("new_fans") < strangers
    assert {person.role for person in by_type[Moody]} == {"fan"}


# base behaviour changes nothing ---------------------------------------------------------------


def unchanged(ours: type, verbs: tuple[str, ...]) -> type:
    """A class that overrides verbs with what they were."""

    def calling(verb: str) -> Any:
        return lambda self, *about: getattr(super(kind, self), verb)(*about)

    kind: type = type(f"Same{ours.__name__}", (ours,), {verb: calling(verb) for verb in verbs})
    return kind


@pytest.mark.parametrize("verb", wom.Stranger.VERBS)
def test_calling_super_changes_nothing(verb: str) -> None:
    kinds: dict[str, Any] = {"stranger": unchanged(wom.Stranger, (verb,))}
    if verb != "follow":  # which fans do not
        kinds |= {
            "fan": unchanged(wom.Fan, (verb,)),
            "advocate": unchanged(wom.Advocate, (verb,)),
        }
    assert both(**kinds).digest == BASE.digest


def test_calling_super_in_everything_changes_nothing() -> None:
    kinds: dict[str, Any] = {
        ours.__name__.lower(): unchanged(ours, ours.VERBS)
        for ours in (wom.Stranger, wom.Fan, wom.Advocate, wom.Brand)
    }
    assert both(RICH, **kinds).digest == RICH_BASE.digest


@pytest.mark.parametrize(
    ("role", "verb"),
    [("fan", "share"), ("stranger", "share"), ("stranger", "notice"), ("fan", "notice")],
)
@settings(max_examples=20, suppress_health_check=list(HealthCheck))
@given(scenarios(), networks(), st.integers(0, 2**62))
def test_calling_super_changes_nothing_anywhere(
    role: str, verb: str, scenario: wom.Scenario, network: wom.Network, seed: int
) -> None:
    ours = {"stranger": wom.Stranger, "fan": wom.Fan}[role]
    compiled = wom.run(scenario, network=network, seed=seed)
    kinds: dict[str, Any] = {role: unchanged(ours, (verb,))}
    assert played(scenario, network=network, rng=seed, **kinds).digest == compiled.digest


class Contrary(wom.Stranger):
    """Decides against the usual by draws of its own, in every verb."""

    def notice(self, exposure: Exposure) -> bool:
        return self._differs(1_000, exposure) != super().notice(exposure)

    def share(self, exposure: Exposure) -> bool:
        return self._differs(1_001, exposure) != super().share(exposure)

    def click(self, exposure: Exposure) -> bool:
        return self._differs(1_002, exposure) != super().click(exposure)

    def find(self, exposure: Exposure) -> bool:
        return self._differs(1_003, exposure) != super().find(exposure)

    def convert(self, exposure: Exposure) -> bool:
        return self._differs(1_004, exposure) != super().convert(exposure)

    def follow(self, message: int) -> bool:
        return happens(self.luck(1_005, message), 0.3) != super().follow(message)

    def like(self, message: int) -> bool:
        return happens(self.luck(1_006, message), 0.3) != super().like(message)

    def comment(self, message: int) -> bool:
        return happens(self.luck(1_007, message), 0.3) != super().comment(message)

    def _differs(self, what: int, exposure: Exposure) -> bool:
        return happens(self.luck(what, exposure.message, exposure.sender.identity), 0.3)


class Fickle(wom.Fan):
    """Leaves or stays by draws of its own, and passes on where the brand listened."""

    def unfollow(self, message: int) -> bool:
        return happens(self.luck(1_008, message), 0.3) != super().unfollow(message)

    def share(self, exposure: Exposure) -> bool:
        return self.answers > 0 or super().share(exposure)


class Fair(wom.Brand):
    """Answers every other message, and mends what the smallest rows complain about."""

    def mend(self, complaints: list[Contact]) -> list[Contact]:
        return sorted(complaints, key=lambda contact: contact.person.row)[: self.left]

    def reply(self, comments: list[Contact]) -> list[Contact]:
        return super().reply([contact for contact in comments if contact.message % 2])


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(scenarios(), networks(), st.integers(0, 2**62))
def test_contrary_people_come_to_one_result(
    scenario: wom.Scenario, network: wom.Network, seed: int
) -> None:
    how: dict[str, Any] = {"stranger": Contrary, "fan": Fickle, "advocate": Devoted, "brand": Fair}
    how |= {"network": network, "rng": seed}
    by_kernels = played(scenario, by="kernels", **how)
    assert by_kernels.digest == played(scenario, by="agents", **how).digest


# what is refused ------------------------------------------------------------------------------

FAN_VERBS = "override notice, click, find, convert, share, like, comment, unfollow instead, or "
STRANGER_VERBS = FAN_VERBS.replace("unfollow", "follow")


@pytest.mark.parametrize(
    ("role", "ours", "name", "instead"),
    [
        ("fan", wom.Fan, "next_visit", FAN_VERBS),
        ("fan", wom.Fan, "hearers", FAN_VERBS),
        ("fan", wom.Fan, "believes", FAN_VERBS),
        ("fan", wom.Fan, "trust", FAN_VERBS),
        (
            "stranger",
            wom.Stranger,
            "share_luck",
            STRANGER_VERBS,
        ),
        ("brand", wom.Brand, "asks", "override publish, sees, mend, reply, thank instead, or "),
        ("brand", wom.Brand, "hearers", "override publish, sees, mend, reply, thank instead, or "),
        ("outlet", wom.Outlet, "shows", ""),
        ("outlet", wom.Outlet, "audience", ""),
    ],
)
def test_what_kernels_would_not_see_is_refused(
    role: str, ours: type, name: str, instead: str
) -> None:
    odd = type("Odd", (ours,), {name: lambda self, *about: 1})
    with pytest.raises(wom.InputError) as refused:
        wom.CampaignModel(SCENARIO, rng=7, **{role: odd})  # type: ignore[arg-type]
    assert str(refused.value) == (
        f"Odd.{name} is overridden, which the kernels would not see; {instead}give by='agents'."
    )


def test_where_agents_decide_everything_can_be_overridden() -> None:
    class Loud(wom.Outlet):
        def shows(self, message: int, person: Person) -> bool:
            return True

    class Asleep(wom.Fan):
        def next_visit(self, hours: float) -> float:
            return math.inf

    scenario = SCENARIO.replace({"publish.seeds": 0, "interact.follow": 0.0})
    loud = played(scenario, by="agents", outlet=Loud)
    assert loud.columns["impressions"][0] > BASE.columns["impressions"][0]
    asleep = played(scenario, by="agents", fan=Asleep)
    assert people_who(asleep, "share")
    assert not people_who(asleep, "share") & of_role(asleep, "fan")


def test_a_brand_may_ask_whom_it_likes_where_agents_decide() -> None:
    class Asking(wom.Brand):
        def asks(self) -> list[Person]:
            return self.model.people([1, 2, 3, 4])

    asking = played(by="agents", brand=Asking)
    assert asking.digest == wom.run(SCENARIO, seed=7, seeds=[1, 2, 3, 4]).digest != BASE.digest


def test_methods_and_fields_of_ones_own_are_welcome() -> None:
    class Diary(wom.Fan):
        mood = "good"

        def write(self) -> str:
            return self.mood

    model = wom.CampaignModel(SCENARIO, rng=7, fan=Diary)
    assert not model.has_agents
    assert set(model.agents_by_type[Diary].do("write").get("mood")) == {"good"}
    while model.running:
        model.step()
    assert model.result.digest == BASE.digest


def test_only_those_who_decide_cost_agents() -> None:
    assert not wom.CampaignModel(SCENARIO, rng=7).has_agents
    assert wom.CampaignModel(SCENARIO, rng=7, brand=Chatty).has_agents


# what is no answer, and what nobody asks for -------------------------------------------------


class Texting(wom.Fan):
    """Returns a word, which Python takes for yes."""

    def share(self, exposure: Exposure) -> bool:
        return "no"  # type: ignore[return-value]


class Misspelt(wom.Fan):
    """Means `share`."""

    def shares(self, exposure: Exposure) -> bool:
        return False


class Helped(wom.Fan):
    """Has a method of its own, which is called like no verb."""

    def moodiness(self) -> float:
        return 0.5


@pytest.mark.parametrize("by", ["kernels", "agents"])
def test_a_word_is_no_answer(by: Any) -> None:
    model = wom.CampaignModel("open_house", seed=1, by=by, fan=Texting, **{"network.people": 300})
    with pytest.raises(wom.InputError, match=r"Texting.share returned 'no'.*True or False"):
        deque((model.step() for _ in range(100)), maxlen=0)


@pytest.mark.parametrize("by", ["kernels", "agents"])
def test_a_verb_that_is_misspelt_is_refused(by: Any) -> None:
    with pytest.raises(wom.InputError, match=r"Misspelt.shares: .* did you mean 'share'\?"):
        wom.CampaignModel(SCENARIO, by=by, fan=Misspelt)
    wom.CampaignModel(SCENARIO, by=by, fan=Helped)
