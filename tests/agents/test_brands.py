"""A brand of one's own posts and answers as its class says, by kernels as by agents."""

from __future__ import annotations

from typing import Any

import pytest
import wordofmouth as wom
from wordofmouth.agents import Contact, Exposure
from wordofmouth.sim.parameters import Post

from .classes import (
    BASE,
    RICH,
    RICH_BASE,
    SCENARIO,
    Chatty,
    both,
    played,
)


class WithPosts(wom.Brand):
    def publish(self) -> list[Post | str]:
        return [Post(type="video", channel="feed"), "post"] if self.model.tick % 3 == 0 else []


def test_a_brand_posts_by_itself_every_third_tick() -> None:
    result = both(SCENARIO.replace({"horizon": 7}), brand=Chatty)
    own = [(post.type, post.tick) for post in result.posts if post.tick is not None]
    assert own == [("video", 0), ("video", 3), ("video", 6)]
    assert set(result.share_log.message.tolist()) <= {3, 4, 5}
    assert {3, 4} <= set(result.share_log.message.tolist())


def test_a_brand_posts_posts() -> None:
    result = both(brand=WithPosts)
    own = [(post.type, post.tick) for post in result.posts if post.tick is not None]
    assert own == [("video", 0), ("post", 0), ("video", 3), ("post", 3)]
    assert result.columns["shares"].sum() > 0


def test_its_own_posts_are_as_those_of_a_calendar() -> None:
    calendar = SCENARIO.replace({"content": ["video", "video"], "publish.interval": 3})

    class Alike(wom.Brand):
        def publish(self) -> list[Post | str]:
            return [self.model.calendar[self.model.tick // 3]] if self.model.tick % 3 == 0 else []

    assert both(calendar, brand=Alike).digest == wom.run(calendar, seed=7).digest


def test_a_brand_that_waits_for_an_answer() -> None:
    class Listening(wom.Brand):
        def publish(self) -> list[Post | str]:
            return ["post"] if self.model.shared > 5 or self.model.tick == 0 else []

    result = both(brand=Listening)
    own = [post.tick for post in result.posts if post.tick is not None]
    assert own[0] == 0
    assert len(own) > 1


def test_a_brand_that_is_silent() -> None:
    class Silent(wom.Brand):
        def publish(self) -> list[Post | str]:
            return []

    result = both(brand=Silent)
    assert result.kpis["reach"] == result.kpis["impressions"] == 0


@pytest.mark.parametrize(
    ("returned", "sentence"),
    [
        ("post", r"^Wrong.publish returned 'post'; it returns a list of posts or names of content"),
        (None, r"^Wrong.publish returned None; it returns a list of posts or names"),
        ([3], r"^Wrong.publish returned \[3\]; it returns a list of posts or names"),
        (["vidoe"], r"^content: 'vidoe' is no content type; did you mean 'video'\?"),
        ([Post(type="post", channel="fed")], r"^content: 'fed' is no channel; did you mean 'feed'"),
    ],
)
@pytest.mark.parametrize("by", ["kernels", "agents"])
def test_a_brand_that_posts_nonsense_is_told(by: Any, returned: Any, sentence: str) -> None:
    class Wrong(wom.Brand):
        def publish(self) -> Any:
            return returned

    with pytest.raises(wom.InputError, match=sentence):
        played(by=by, brand=Wrong)


def test_a_brand_thanks_as_it_likes() -> None:
    class Stern(wom.Brand):
        def thank(self, posts: list[Exposure]) -> list[Exposure]:
            return []

    class LateRisers(wom.Brand):
        def thank(self, posts: list[Exposure]) -> list[Exposure]:
            return [post for post in super().thank(posts) if post.sender.identity % 2]

    assert BASE.columns["thanks"].sum() > 0
    assert both(brand=Stern).columns["thanks"].sum() == 0
    some = both(brand=LateRisers).columns["thanks"].sum()
    assert 0 < some < BASE.columns["thanks"].sum()


def test_a_brand_that_answers_whom_it_likes() -> None:
    class Curt(wom.Brand):
        def reply(self, comments: list[Contact]) -> list[Contact]:
            return []

    class Slow(wom.Brand):
        def mend(self, complaints: list[Contact]) -> list[Contact]:
            return super().mend([contact for contact in complaints if contact.person.row % 2])

    assert RICH_BASE.columns["replies"].sum() > 0
    assert RICH_BASE.columns["mended"].sum() > 0
    curt = both(RICH, brand=Curt)
    assert curt.columns["replies"].sum() == 0
    assert (
        curt.columns["thanks"].sum() > RICH_BASE.columns["thanks"].sum()
    )  # there is time for them
    assert both(RICH, brand=Slow).columns["mended"].sum() < RICH_BASE.columns["mended"].sum()
