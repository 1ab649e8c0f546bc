"""What a campaign is about, and the numbers that answer its question.

A scenario has many parts that act at once. Most of them say by what they set whether the campaign
is about them: complaints, a reward, a reference to a broadcast, rivals. If a scenario has one such
part, that is its theme, in whatever language its question is written. If it has several, it is the
one that its timeline changes. Only where neither decides is the question read for words of a part
that acts; and where that finds nothing, the theme is how far word of mouth carries.
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
    shows
        Whether what a scenario sets shows that it is about it; None where only words can.
    changes
        Beginnings of the parameters by which a timeline changes it.
    words
        How a question names it in English: beginnings of words.
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
    shows: Callable[[Scenario], bool] | None
    changes: tuple[str, ...]
    words: tuple[str, ...]
    yardsticks: tuple[y.Yardstick, ...]
    off: Mapping[str, Any] | None
    doing: str = "Word of mouth"
    without: str = "in which nobody passes anything on"


def _viewers(now: Scenario) -> bool:
    return now.reference.viewers > 0.0


def _complaints(now: Scenario) -> bool:
    return any(then.complaints.rate > 0.0 for then in now.ever())


def _programme(now: Scenario) -> bool:
    return now.advocacy.outreach > 0


def _reward(now: Scenario) -> bool:
    return any(then.incentives.reward > 0.0 for then in now.ever())


def _carried(now: Scenario) -> bool:
    return len(now.channels) > 1 and now.share.bounce > 0.0


def _outlets(now: Scenario) -> bool:
    return bool(now.publish.outlets)


def _asked_in_numbers(now: Scenario) -> bool:
    # Outlets that are there once each are the background of many a campaign.
    return any(each.count > 1 for each in now.publish.outlets)


def _rivals(now: Scenario) -> bool:
    return bool(now.publish.rivals)


def _sells(now: Scenario) -> bool:
    return now.clickable


def _sells_in_every_post(now: Scenario) -> bool:
    own = {post.type for post in now.content if post.brand is None}
    return _sells(now) and min(
        (now.content_types[name].commerciality for name in own), default=0.0
    ) > 0.5  # fmt: skip


# In the order in which a question is asked for them.
THEMES: Final[tuple[Theme, ...]] = (
    Theme(
        "broadcast", _viewers, _viewers, ("reference.",), ("super bowl", "televis", "spot in"),
        (y.AMPLIFIED, y.REACH, y.SHARERS), None,
    ),
    Theme(
        "service", _complaints, _complaints, ("complaints.",),
        ("complain", "wrong", "service", "crisis"),
        (y.MENDED, y.COMPLAINTS, y.TRUST, y.REFUNDS), {"complaints.detection": 0.0},
        "Answering what goes wrong", "in which nobody listens to what goes wrong",
    ),
    Theme(
        "advocacy", _programme, _programme, ("advocacy.",), ("advoca", "ambassador"),
        (y.ADVOCATES, y.BY_ADVOCATES, y.SHARERS), {"advocacy.outreach": 0},
        "The advocacy programme", "in which nobody is asked to speak for the brand",
    ),
    Theme(
        "reward", _reward, _reward, ("incentives.",),
        ("prize", "reward", "referral", "refer", "bonus", "raffle"),
        (y.SHARERS, y.REACH, y.CLICKS), {"incentives.reward": 0.0},
        "The reward", "without the reward",
    ),
    Theme(
        "channels", _carried, _carried, ("share.bounce",), ("channel",),
        (y.REACH, y.CLICKS, y.SHARERS), {"share.bounce": 0.0},
        "Carrying posts over", "in which each post stays on its channel",
    ),
    Theme(
        "outlets", _outlets, _asked_in_numbers, ("publish.outlets", "publish.pitch"),
        ("media", "outlet", "press", "influencer", "blog"),
        (y.BY_OUTLETS, y.SOLD_BY_OUTLETS, y.REACH), {"publish.outlets": []},
        "Placing posts at outlets", "without the outlets",
    ),
    Theme(
        "contest", lambda now: bool(now.publish.rivals or now.content), _rivals,
        ("publish.rivals",), ("compete", "who wins"), (y.WINNER, y.VOICE, y.REACH), None,
    ),
    Theme(
        "trees", lambda now: True, None, (),  # noqa: ARG005
        ("how large", "how far does a message", "trees", "cascade"),
        (y.TREES, y.SHARERS, y.REACH), None,
    ),
    Theme(
        "selling", _sells, _sells_in_every_post, (), ("sell ",),
        (y.LOST, y.TRUST, y.CLICKS), None,
    ),
)  # fmt: skip
WORD_OF_MOUTH: Final = Theme(
    "word of mouth", lambda _: True, None, (), (), (y.SHARERS, y.REACH, y.CLICKS), None
)


def theme_of(scenario: Scenario) -> Theme:
    """What a campaign is about.

    Examples
    --------
    >>> from wordofmouth.scenarios.loader import load
    >>> [theme_of(load(name)).name for name in ("service_crisis", "prize_draw", "everyday")]
    ['service', 'reward', 'word of mouth']

    The language of the question decides nothing where the scenario does:

    >>> asked = {"question": "Lohnt sich der Preis für alle, die teilen?"}
    >>> theme_of(load("prize_draw").replace(asked)).name
    'reward'
    """
    shown = [each for each in THEMES if each.shows is not None and each.shows(scenario)]
    changed = [each for each in shown if _is_changed(scenario, each)]
    for found in (shown, changed):
        if len(found) == 1:
            return found[0]
    asked = scenario.question.lower()
    for each in THEMES:
        if each.acts(scenario) and any(re.search(rf"\b{word}", asked) for word in each.words):
            return each
    return WORD_OF_MOUTH if asked or not shown else shown[0]


def _is_changed(scenario: Scenario, theme: Theme) -> bool:
    """Whether the timeline changes what a theme is about."""
    paths = [path for change in scenario.timeline for path in change.changes]
    return any(path.startswith(theme.changes) for path in paths)


def theme_called(name: str) -> Theme:
    """The theme of this name, whatever of it acts.

    Examples
    --------
    >>> theme_called("reward").doing
    'The reward'
    """
    return next(each for each in (*THEMES, WORD_OF_MOUTH) if each.name == name)
