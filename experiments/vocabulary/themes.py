"""What a campaign is about, and the numbers that answer its question.

A scenario has many parts that act at once. Its question says which of them it is about: a part is
the theme if it acts and the question names it. Where there is no question, a part that only few
campaigns have is the theme if it acts; else the theme is how far word of mouth carries.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from . import yardsticks as y

if TYPE_CHECKING:
    from ...sim.parameters import Scenario


class Theme(NamedTuple):
    """What a campaign may be about.

    Attributes
    ----------
    name
        In a word.
    acts
        Whether a scenario has it.
    words
        How a question names it: beginnings of words.
    rare
        Whether it is the theme of a campaign that has it and whose question names nothing.
    yardsticks
        The numbers that answer the question, the most important first.
    off
        What is changed in the same campaign to be without it; None where nothing is.
    doing
        What is decided upon, as a sentence begins with it.
    without
        What the campaign without it is called, after “the same campaign”.
    """

    name: str
    acts: Callable[[Scenario], bool]
    words: tuple[str, ...]
    rare: bool
    yardsticks: tuple[y.Yardstick, ...]
    off: Mapping[str, Any] | None
    doing: str = "Word of mouth"
    without: str = "in which nobody passes anything on"


# In the order in which a question is asked for them.
THEMES: Final[tuple[Theme, ...]] = (
    Theme(
        "broadcast", lambda now: now.reference.viewers > 0.0, ("super bowl", "televis", "spot in"),
        True, (y.AMPLIFIED, y.REACH, y.SHARERS), None,
    ),
    Theme(
        "service", lambda now: any(then.complaints.rate > 0.0 for then in now.ever()),
        ("complain", "wrong", "service", "crisis"),
        False, (y.MENDED, y.COMPLAINTS, y.TRUST, y.REFUNDS), {"complaints.detection": 0.0},
        "Answering what goes wrong", "in which nobody listens to what goes wrong",
    ),
    Theme(
        "advocacy", lambda now: now.advocacy.outreach > 0, ("advoca", "ambassador"),
        True, (y.ADVOCATES, y.BY_ADVOCATES, y.SHARERS), {"advocacy.outreach": 0},
        "The advocacy programme", "in which nobody is asked to speak for the brand",
    ),
    Theme(
        "reward", lambda now: any(then.incentives.reward > 0.0 for then in now.ever()),
        ("prize", "reward", "referral", "refer", "bonus", "raffle"),
        True, (y.SHARERS, y.REACH, y.CLICKS), {"incentives.reward": 0.0},
        "The reward", "without the reward",
    ),
    Theme(
        "channels", lambda now: len(now.channels) > 1 and now.share.bounce > 0.0, ("channel",),
        True, (y.REACH, y.CLICKS, y.SHARERS), {"share.bounce": 0.0},
        "Carrying posts over", "in which each post stays on its channel",
    ),
    Theme(
        "outlets", lambda now: bool(now.publish.outlets),
        ("media", "outlet", "press", "influencer", "blog"),
        False, (y.BY_OUTLETS, y.SOLD_BY_OUTLETS, y.REACH), {"publish.outlets": []},
        "Placing posts at outlets", "without the outlets",
    ),
    Theme(
        "contest", lambda now: bool(now.publish.rivals or now.content),
        ("compete", "who wins"), False, (y.WINNER, y.VOICE, y.REACH), None,
    ),
    Theme(
        "trees", lambda now: True, ("how large", "how far does a message", "trees", "cascade"),  # noqa: ARG005
        False, (y.TREES, y.SHARERS, y.REACH), None,
    ),
    Theme(
        "selling", lambda now: now.clickable, ("sell ",),
        False, (y.LOST, y.TRUST, y.CLICKS), None,
    ),
)  # fmt: skip
WORD_OF_MOUTH: Final = Theme(
    "word of mouth", lambda _: True, (), False, (y.SHARERS, y.REACH, y.CLICKS), None
)


def theme_of(scenario: Scenario) -> Theme:
    """What a campaign is about.

    Examples
    --------
    >>> from wordofmouth.scenarios.loader import load
    >>> [theme_of(load(name)).name for name in ("service_crisis", "prize_draw", "everyday")]
    ['service', 'reward', 'word of mouth']
    """
    asked = scenario.question.lower()
    acting = [each for each in THEMES if each.acts(scenario)]
    for each in acting:
        if any(re.search(rf"\b{word}", asked) for word in each.words):
            return each
    if not asked:
        return next((each for each in acting if each.rare), WORD_OF_MOUTH)
    return WORD_OF_MOUTH


def theme_called(name: str) -> Theme:
    """The theme of this name, whatever of it acts.

    Examples
    --------
    >>> theme_called("reward").doing
    'The reward'
    """
    return next(each for each in (*THEMES, WORD_OF_MOUTH) if each.name == name)
