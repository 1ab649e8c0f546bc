"""The stages of a campaign as a diagnosis turns them: one handle each, and what it passes now."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from ....sim import state as s
from ....sim.parameters import Scenario
from ....sim.parameters.paths import flat
from ....sim.result import Result

# Where every chance of a stage that is not 0 is 1 to the last digit that a draw has.
OPEN: Final = 50.0

Idle = Callable[[Scenario], str]


class Handle(NamedTuple):
    """A stage, and how it is made better with nothing else touched.

    Attributes
    ----------
    name
        As in ``boost.<name>``, but for `return`, which has a handle of its own.
    act
        What people or the brand do there, for a sentence.
    paths
        Parameters that the handle turns: offsets in log-odds, or chances.
    better
        1 where a stage is better the more people take it, -1 where the fewer.
    did, could
        Of a result, how many took the stage, of how many who could.
    idle
        Why turning it can change nothing while a scenario is as it is; empty if it can.
    """

    name: str
    act: str
    paths: tuple[str, ...]
    better: int
    did: Callable[[Result], int]
    could: Callable[[Result], int]
    idle: Idle


def _people(step: int) -> Callable[[Result], int]:
    return lambda result: int(result.people[step])


def _everybody(result: Result) -> int:
    return int(result.role.size)


def _total(*names: str) -> Callable[[Result], int]:
    return lambda result: sum(int(result.columns[name].sum()) for name in names)


def _followers(result: Result) -> int:
    return int((result.role_at_birth != 0).sum()) + _total("new_fans")(result)


def _between(value: float) -> bool:
    return 0.0 < value < 1.0


def _no_placement(now: Scenario) -> str:
    if any(_between(outlet.shown) and outlet.acceptance > 0.0 for outlet in now.publish.outlets):
        return ""
    return "no post is placed outside the profile"


def _no_scarcity(now: Scenario) -> str:
    return "attention is unlimited" if now.attention == "unlimited" else ""


def _no_choice_to_share(now: Scenario) -> str:
    if now.share.rule != "logit":
        return f"share.rule = {now.share.rule} knows no odds"
    bases = (now.share.base.stranger, now.share.base.fan, now.share.base.advocate)
    return "" if any(map(_between, bases)) else "nobody has a choice to share"


def _no_click(now: Scenario) -> str:
    return "" if now.clickable else "there is nothing to click on"


def _sure_click(now: Scenario) -> str:
    return _no_click(now) or ("" if now.transact.click < 1.0 else "everybody clicks")


def _nothing_sold(now: Scenario) -> str:
    return _no_click(now) or ("" if _between(now.transact.convert) else "convert is 0 or 1")


def _chance(path: str, never: str, *, served: bool = False) -> Idle:
    section, name = path.split(".")

    def idle(now: Scenario) -> str:
        value = getattr(getattr(now, section), name)
        if served and now.interact.capacity == 0:
            return "the brand has no capacity to answer"
        return "" if _between(value) else never if value == 0.0 else f"{path} is 1"

    return idle


def _no_comment(now: Scenario) -> str:
    if now.interact.comment == 0.0:
        return "nobody comments"
    return _chance("interact.reply", "no comment is answered", served=True)(now)


def _no_complaint(now: Scenario) -> str:
    if now.complaints.rate == 0.0:
        return "nothing goes wrong"
    return _no_click(now) or _chance("complaints.detection", "the brand hears of nothing")(now)


def _no_return(now: Scenario) -> str:
    returns = now.returns
    visitors = returns.lead > 0.0 and _between(returns.visit)
    if visitors or _between(returns.repeat):
        return _no_click(now)
    return "nobody comes back"


def _boost(
    name: str,
    act: str,
    did: Callable[[Result], int],
    could: Callable[[Result], int],
    idle: Idle,
    better: int = 1,
) -> Handle:
    return Handle(name, act, (f"boost.{name}",), better, did, could, idle)


HANDLES: Final[dict[str, Handle]] = {
    handle.name: handle
    for handle in (
        _boost("publish", "seeing a placed post", _people(s.EXPOSED), _everybody, _no_placement),
        _boost("notice", "noticing", _people(s.NOTICED), _people(s.EXPOSED), _no_scarcity),
        _boost(
            "share",
            "sharing what the brand posted",
            _people(s.SHARED),
            _people(s.NOTICED_FIRST),
            _no_choice_to_share,
        ),
        _boost(
            "reshare",
            "re-sharing what a person shared",
            _people(s.RESHARED),
            _people(s.NOTICED_LATER),
            _no_choice_to_share,
        ),
        _boost("click", "clicking", _people(s.CLICKED), _people(s.NOTICED), _sure_click),
        _boost("find", "finding the brand", _people(s.FOUND), _people(s.CLICKED), _no_click),
        _boost("convert", "the transaction", _people(s.CONVERTED), _people(s.FOUND), _nothing_sold),
        _boost(
            "follow",
            "following",
            _people(s.FOLLOWED),
            _people(s.NOTICED),
            _chance("interact.follow", "nobody begins to follow"),
        ),
        _boost(
            "thank",
            "thanking for a share",
            _total("thanks"),
            _total("shares", "reshares"),
            _chance("interact.thank", "nobody is thanked", served=True),
        ),
        _boost("reply", "answering a comment", _total("replies"), _total("comments"), _no_comment),
        _boost("mend", "hearing of a complaint", _total("mended"), _total("wrong"), _no_complaint),
        Handle(
            "return",
            "coming back",
            ("returns.visit", "returns.repeat"),
            1,
            _total("returns"),
            _total("leads", "conversions"),
            _no_return,
        ),
        _boost(
            "unfollow",
            "ceasing to follow",
            _total("lost_fans"),
            _followers,
            _chance("interact.unfollow", "no follower leaves"),
            better=-1,
        ),
    )
}


def why_idle(handle: Handle, scenario: Scenario) -> str:
    """Why turning a handle cannot change anything; empty if it can at some time."""
    reasons = [handle.idle(now) for now in scenario.ever()]
    return reasons[0] if all(reasons) else ""


def improved(handle: Handle, scenario: Scenario, factor: float) -> Scenario:
    """The scenario with the odds of one stage made better by a factor, at every time.

    Parameters
    ----------
    handle
        The stage; of one that is the better the fewer take it, the odds are divided.
    scenario
        What it is improved in.
    factor
        Of the odds, above 0; infinite opens the stage as far as it goes.
    """
    offset = handle.better * min(math.log(factor), OPEN)
    if handle.name == "return":
        return turned(scenario, {path: lambda p: _shifted(p, offset) for path in handle.paths})
    return turned(
        scenario, {path: lambda b: min(max(b + offset, -OPEN), OPEN) for path in handle.paths}
    )


def stepped(scenario: Scenario, *, stage: str, factor: float) -> Scenario:
    """`improved` by the name of a stage: what is done to each draw, in another process too."""
    return improved(HANDLES[stage], scenario, factor)


def turned(scenario: Scenario, by: Mapping[str, Callable[[float], float]]) -> Scenario:
    """The scenario with functions applied to parameters, those of its timeline too."""
    now = flat(scenario.to_dict())
    changes: dict[str, Any] = {path: turn(now[path]) for path, turn in by.items()}
    timeline = [
        {
            "tick": change.tick,
            "set": {
                path: by[path](value) if path in by else value
                for path, value in change.changes.items()
            },
        }
        for change in scenario.timeline
    ]
    return scenario.replace(changes | ({"timeline": timeline} if timeline else {}))


def _shifted(probability: float, offset: float) -> float:
    if not 0.0 < probability < 1.0:
        return probability
    odds = probability / (1.0 - probability) * math.exp(offset)
    return odds / (1.0 + odds)
