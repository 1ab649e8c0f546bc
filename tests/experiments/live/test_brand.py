"""A brand in ten numbers, as the server answers the page's form; and that kernels are warmed."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from wordofmouth.experiments.live.asked import Shelf
from wordofmouth.experiments.live.work import warmed
from wordofmouth.scenarios.loader import load
from wordofmouth.scenarios.observing.brand import brand, parameters
from wordofmouth.sim.campaign import run

from .client import SHORT, client, read

NUMBERS = {"followers": 300, "posts": 1, "reach": 80, "likes": 8, "shares": 2, "clicks": 3}


def test_what_is_told_of_a_brand_is_what_runs() -> None:
    with client() as page:
        about = page.post("/api/brand", json={"brand": NUMBERS}).json()
        assert about["brand"] == NUMBERS
        assert about["people_fixed"]
        told = {row["path"]: row["value"] for row in about["became"]["rows"]}
        assert (
            told.items() >= {each.path: each.value for each in parameters(brand(NUMBERS))}.items()
        )
        assert told["people.fans"] == 300
        assert told["content"] == 4
        assert any("conversions" in note for note in about["became"]["notes"])
        table = {"scenario": about["name"], "brand": NUMBERS, "seed": 3, "set": {"attention": 0.5}}
        # How many people it has is no choice: its followers are a number.
        refused = page.post("/api/run", json={**table, "people": 300})
        stream = read(page.post("/api/run", json=table).content)
    assert "people goes by the followers of a brand" in refused.text
    assert stream.error is None
    assert stream.head["people"] == about["people"] > 300
    from wordofmouth.experiments.live.brand import scenario_of

    expected = run(scenario_of(brand(NUMBERS)).replace({"attention": 0.5}), seed=3)
    assert stream.end["digest"] == expected.digest


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ({}, "followers"),
        ({"followers": "many"}, "followers = 'many' is not allowed"),
        (NUMBERS | {"likes": 90}, "likes = 90 of a post are more than its reach of 80"),
        (NUMBERS | {"fame": 3}, "'fame' is none of the ten numbers"),
        (NUMBERS | {"posts": [1]}, "posts = [1] is not allowed"),
        (NUMBERS | {"reach": 10**400}, "this is not allowed"),
        ([300], "give a table of numbers"),
        (None, "give a table of numbers"),
    ],
)
def test_a_bad_number_is_a_sentence(numbers: Any, words: str) -> None:
    with client() as page:
        for path in ("brand", "run"):
            if numbers is None and path == "run":
                continue
            answer = page.post(f"/api/{path}", json={"brand": numbers, "seed": 0})
            assert answer.status_code == 400
            assert words in answer.json()["error"]


def test_the_page_is_told_of_the_questions_and_the_story() -> None:
    with client(shelf=Shelf(SHORT, story=True)) as page:
        told = page.get("/api/about").json()
    assert [each["name"] for each in told["questions"]][:2] == ["followers", "posts"]
    assert len(told["questions"]) == 10
    assert told["story"] is True


def test_kernels_are_warmed_in_a_small_world() -> None:
    shelf = Shelf(load("open_house"))
    warmed(shelf, threading.Event())
    # Its world is made as the page will ask for it, and no other.
    assert shelf.first.network.people == 10_000
