"""What a campaign is about: what it sets says it, and a shipped scenario's headline answers it."""

from __future__ import annotations

import math
import re
from functools import cache

import numpy as np
import pytest
from wordofmouth.experiments.results.headline import headline
from wordofmouth.experiments.vocabulary.themes import THEMES, WORD_OF_MOUTH, theme_of
from wordofmouth.experiments.vocabulary.yardsticks import passed_on
from wordofmouth.scenarios.loader import load, names
from wordofmouth.sim.campaign import run
from wordofmouth.sim.result import Result

ABOUT = {
    "advocacy_programme": "advocacy",
    "bouncing": "channels",
    "cascade": "trees",
    "hard_sell": "selling",
    "long_tail": "outlets",
    "meme_contest": "contest",
    "prize_draw": "reward",
    "retweets": "trees",
    "service_crisis": "service",
    "super_bowl": "broadcast",
}


@cache
def small(name: str) -> Result:
    return run(load(name).replace({"network.people": 800, "people.fans": 0.3}), seed=3)


def test_every_shipped_question_finds_its_subject() -> None:
    found = {name: theme_of(load(name)).name for name in names()}
    assert found == {name: ABOUT.get(name, WORD_OF_MOUTH.name) for name in names()}
    assert set(ABOUT.values()) == {each.name for each in THEMES}


@pytest.mark.parametrize("name", sorted(set(ABOUT) - {"cascade", "retweets"}))
@pytest.mark.parametrize("question", ["", "Lohnt sich das?", "这样做值得吗？"])
def test_where_the_scenario_says_it_no_word_is_needed(name: str, question: str) -> None:
    # How large trees become can be asked of any campaign: of these two only words tell it.
    assert theme_of(load(name).replace({"question": question})).name == ABOUT[name]


def test_of_several_parts_the_timeline_says_which() -> None:
    both = load("service_crisis").replace({"incentives.reward": 2.0, "question": "Was hilft?"})
    assert theme_of(both).name == "service"
    steady = both.replace({"timeline": []})
    assert theme_of(steady) is WORD_OF_MOUTH
    assert theme_of(steady.replace({"question": "Which prize is enough?"})).name == "reward"
    assert theme_of(steady.replace({"question": ""})).name == "service"


def test_a_question_asks_for_nothing_that_does_not_act() -> None:
    quiet = load("everyday").replace({"question": "How many complaints does a prize bring?"})
    assert theme_of(quiet) is WORD_OF_MOUTH
    paid = quiet.replace({"incentives.reward": 2.0})
    assert theme_of(paid).name == "reward"
    assert theme_of(paid.replace({"question": ""})).name == "reward"


@pytest.mark.parametrize("name", sorted(ABOUT))
def test_the_headline_answers_first_and_then_says_how_far_it_went(name: str) -> None:
    result = small(name)
    answer, spread = headline(result).split(" Of 800 people ")
    assert answer
    assert answer.endswith(".")
    assert spread.startswith(f"{result.kpis['reach']:,} noticed the campaign")
    assert "nan" not in headline(result)
    for each in theme_of(result.scenario).yardsticks:
        assert math.isnan(each.of(result)) or abs(each.of(result)) < 1e9


def test_complaints_are_told_as_they_were_counted() -> None:
    result = small("service_crisis")
    wrong, mended = (int(result.columns[name].sum()) for name in ("wrong", "mended"))
    assert 0 < mended < wrong
    assert headline(result).startswith(f"Of {wrong} orders that went wrong {mended} (")
    assert "within the 24 hours that people wait" in headline(result)


def test_people_and_times_are_told_apart() -> None:
    result = small("service_crisis")
    found = passed_on(result)
    ours = result.ours[result.share_log.message]
    assert found.people == np.unique(result.share_log.person[ours]).size
    assert found.times == int(ours.sum()) == result.kpis["shares"] + result.kpis["reshares"]
    assert found.people < found.times
    sentence = headline(result)
    assert f"{found.people:,} people passed it on, {found.times:,} times" in sentence
    assert re.search(rf"{found.again:,} of them re-shares", sentence)


def test_a_machine_is_told_the_same_sentence() -> None:
    result = small("prize_draw")
    assert result.to_dict()["sentence"] == result.sentence == headline(result)
