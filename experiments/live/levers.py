"""The main levers of a campaign, as the page offers them.

What a lever is called, its unit and what it may be is read off the schema where the parameter is
declared; only where on that range a slider reaches is said here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple, get_args

from ...sim.errors import InputError
from ...sim.parameters import Post, Scenario
from .limits import Refused


class Reach(NamedTuple):
    """Where a slider reaches: from, to, and whether by ratios. What is typed may go further."""

    low: float
    high: float
    log: bool = False


# The type of every post, whatever the calendar; and how many posts of the calendar are published.
TYPE: Final = "content.*.type"
POSTS: Final = "posts"

REACHES: Final[dict[str, Reach]] = {
    "share.base.stranger": Reach(0.0005, 0.5, log=True),
    "share.base.fan": Reach(0.0005, 0.5, log=True),
    "incentives.reward": Reach(0.0, 50.0),
    "share.weight.trust": Reach(-1.0, 4.0),
    "attention": Reach(1.0, 100.0, log=True),
    "notice.background": Reach(0.0, 5.0),
    "people.activity": Reach(0.05, 1.0),
    "transact.click": Reach(0.001, 0.9, log=True),
    "transact.convert": Reach(0.005, 0.95, log=True),
    "publish.seeds": Reach(0.0, 100.0),
}

# In plain words, where a label alone says too little to whoever meets the model here first.
MEANINGS: Final[dict[str, str]] = {
    "attention": (
        "How many posts a person can take in during one tick. If more arrive, each is noticed "
        "less often, so that on average no more than this many are. Fewer: posts crowd each "
        "other out."
    ),
    "notice.background": (
        "How full the feed is with posts of others. They use up attention, and noticing the "
        "campaign becomes harder the more accounts a person follows."
    ),
    "share.weight.trust": (
        "How much it counts for passing a post on that its sender is believed. At 0 it does not "
        "count. At 1 a sender who is fully believed makes the odds of passing it on 2.7 times "
        "those of one who is not believed at all; at 2, 7.4 times."
    ),
    "transact.convert": (
        "Of those who clicked and found the brand, how many then do what the campaign is after: "
        "0.1 is 10 of 100, before trust, offers and rewards are counted in."
    ),
}


def levers(scenario: Scenario) -> list[dict[str, Any]]:
    """The levers of a scenario, each with its value there, in the order of the page."""
    found = [_posts(scenario)] if len(_ours(scenario)) > 1 else []
    found.append(_type(scenario))
    return found + [_lever(path, reach, scenario) for path, reach in REACHES.items()]


def changed(scenario: Scenario, settings: Mapping[str, Any]) -> Scenario:
    """A scenario with levers set.

    Raises
    ------
    InputError
        In the schema's own words, if a value is not allowed.
    Refused
        If it is no lever.
    """
    allowed = {*REACHES, TYPE, POSTS}
    changes: dict[str, Any] = {}
    posts = [post.model_dump(exclude_none=True) for post in scenario.calendar()]
    for path, value in settings.items():
        if path not in allowed:
            raise Refused(f"{path!r} is no lever of this page; give one of {', '.join(allowed)}.")
        if path == POSTS:
            posts = _first(scenario, posts, value)
        elif path == TYPE:
            posts = [post if "brand" in post else post | {"type": value} for post in posts]
        else:
            whole = isinstance(value, float) and value.is_integer() and _is_whole(path)
            changes[path] = int(value) if whole else value
    if {POSTS, TYPE} & settings.keys():
        changes["content"] = posts
    return scenario.replace(changes) if changes else scenario


def _first(scenario: Scenario, posts: list[dict[str, Any]], value: Any) -> list[dict[str, Any]]:
    """The first posts of the brand's own; a rival's stay."""
    most = len(_ours(scenario))
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not 1 <= value <= most or value != int(value):
        raise InputError(f"posts = {value!r} is not allowed; give a whole number 1 to {most}.")
    kept, left = [], int(value)
    for post in posts:
        if "brand" not in post:
            left -= 1
            if left < 0:
                continue
        kept.append(post)
    return kept


def _ours(scenario: Scenario) -> list[Any]:
    return [post for post in scenario.calendar() if post.brand is None]


def _posts(scenario: Scenario) -> dict[str, Any]:
    count = len(_ours(scenario))
    return {
        "path": POSTS, "label": "Posts of the calendar that are published", "unit": "posts",
        "kind": "number", "whole": True, "value": count, "low": 1, "high": count,
        "from": 1, "to": count, "log": False,
    }  # fmt: skip


def _type(scenario: Scenario) -> dict[str, Any]:
    label = str(Post.model_fields["type"].title)
    types = {post.type for post in _ours(scenario)}
    return {
        "path": TYPE, "label": f"{label} of every post", "unit": "", "kind": "choice",
        "value": next(iter(types)) if len(types) == 1 else None,
        "choices": sorted(scenario.content_types),
    }  # fmt: skip


def _lever(path: str, reach: Reach, scenario: Scenario) -> dict[str, Any]:
    field, value = _field(path), _value(path, scenario)
    extra = field.json_schema_extra
    bounds = {type(each).__name__: each for each in field.metadata}
    low, above, high = (
        getattr(bounds[name], side) if name in bounds else None
        for name, side in (("Ge", "ge"), ("Gt", "gt"), ("Le", "le"))
    )
    return {
        "path": path,
        "label": field.title,
        "help": field.description or MEANINGS.get(path, ""),
        "unit": extra["unit"] if isinstance(extra, dict) else "",
        "kind": "number",
        "whole": _is_whole(path),
        "value": value if isinstance(value, int | float) else None,
        "words": value if isinstance(value, str) else None,
        "low": low if low is not None else above,
        "high": high,
        "from": reach.low,
        "to": reach.high,
        "log": reach.log,
    }


def label_of(path: str) -> str:
    """What a parameter is called."""
    return str(_field(path).title)


def _field(path: str) -> Any:
    """The declaration of a parameter."""
    *tables, name = path.split(".")
    model: Any = Scenario
    for table in tables:
        model = model.model_fields[table].annotation
    return model.model_fields[name]


def _value(path: str, scenario: Scenario) -> Any:
    value: Any = scenario
    for name in path.split("."):
        value = getattr(value, name)
    return value


def _is_whole(path: str) -> bool:
    annotation = _field(path).annotation
    return int in (get_args(annotation) or (annotation,))
