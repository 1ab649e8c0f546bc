"""What the sources say helps at a stage, as changes of a scenario that can be run.

How much of each is tried is assumed, and said in the changes themselves: they are what one would
type after ``--set``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from ....scenarios.charges import unpriced
from ....scenarios.toml import literal
from ....sim.parameters import Scenario
from ...vocabulary.outcomes import Outcome
from ...worlds.variant import changed
from .gains import Bought
from .observed import Bench, Observation, cost_of, gain_of
from .same import at_the_same
from .worth import RemedyGain, most_for_money

Changes = dict[str, Any]


class Remedy(NamedTuple):
    """A remedy.

    Attributes
    ----------
    name
        In a word or two.
    stages
        Where it acts.
    source
        The number of the document that names it.
    changes
        Of a scenario, what it changes; None where it is done already or makes no sense.
    """

    name: str
    stages: tuple[str, ...]
    source: str
    changes: Callable[[Scenario], Changes | None]


def settings(changes: Changes) -> list[str]:
    """Changes as one would type them after ``--set``.

    Examples
    --------
    >>> settings({"incentives.reward": 5.0})
    ['incentives.reward=5.0']
    """
    return [f"{path}={literal(value)}" for path, value in changes.items()]


def remedied(
    bench: Bench,
    top: Sequence[str],
    base: list[Observation],
    outcome: Outcome,
    amount: float,
    buys: Collection[Bought],
) -> tuple[RemedyGain, ...]:
    """The remedies for some stages, at the same money: those with a price first, the best first.

    Each is run as it is named, which tells what it costs; where it can be had in another measure,
    it is run again in the one that costs the common amount. What nothing charges for is not ranked
    among these (`scenarios.charges`).

    Parameters
    ----------
    bench, base
        Where they are run, and the campaign as it is.
    top
        The stages.
    outcome
        What is to be gained.
    amount
        The common amount of money.
    buys
        What the common amount of money buys: what else there is to spend it on.
    """
    direction = outcome.good
    acting: dict[str, tuple[str, ...]] = {}
    tried = {}
    for stage in top:
        for remedy, changes in remedies_for(stage, bench.scenario):
            acting[remedy.name] = (*acting.get(remedy.name, ()), stage)
            tried[remedy.name] = remedy, changes
    bench.worlds.meter.expect(len(base) * len(tried))
    made = {name: changed(bench.scenario, changes) for name, (_, changes) in tried.items()}
    untold = {
        name: unpriced(bench.scenario, bench.scenario.replace(changes))
        for name, (_, changes) in tried.items()
    }
    found = [
        RemedyGain(
            remedy=name,
            source=tried[name][0].source,
            stages=acting[name],
            settings=tuple(settings(tried[name][1])),
            gain=gain_of(rows, base),
            cost=cost_of(rows, base),
            priced=not untold[name],
            untold=untold[name],
        )
        for name, rows in bench.run(made, len(base)).items()
    ]
    found = [
        replace(each, same=at_the_same(bench, amount, base, tried[each.remedy][1], each.cost.mean))
        if each.ranked and each.gain.surely(direction) and each.cost.surely(1)
        else each
        for each in found
    ]
    best = most_for_money(found, buys, direction)
    found = [replace(each, worth=each.worth_at(best, outcome)) for each in found]
    return tuple(sorted(found, key=lambda each: each.order(direction)))


def remedies_for(stage: str, scenario: Scenario) -> list[tuple[Remedy, Changes]]:
    """The remedies that can be tried at a stage, with what each changes in a scenario."""
    tried = ((remedy, remedy.changes(scenario)) for remedy in REMEDIES if stage in remedy.stages)
    return [(remedy, changes) for remedy, changes in tried if changes]


def _posted(now: Scenario) -> list[str]:
    return list(dict.fromkeys(post.type for post in now.content if post.brand is None))


def _raise(now: Scenario, wanted: dict[str, float]) -> Changes | None:
    """Parameters raised to some values; None where all are as high already."""
    tables = now.to_dict()
    raised = {}
    for path, value in wanted.items():
        section, name = path.split(".")
        if tables[section][name] < value:
            raised[path] = value
    return raised or None


def _every_post(name: str, value: float) -> Callable[[Scenario], Changes | None]:
    def changes(now: Scenario) -> Changes | None:
        types = now.content_types
        lower = [each for each in _posted(now) if getattr(types[each], name) < value]
        return {f"content_types.{each}.{name}": value for each in lower} or None

    return changes


def _less_selling(now: Scenario) -> Changes | None:
    types = now.content_types
    hard = [each for each in _posted(now) if types[each].commerciality > 0.1]
    return {
        f"content_types.{each}.commerciality": round(types[each].commerciality / 2.0, 3)
        for each in hard
    } or None


def _reward(now: Scenario) -> Changes | None:
    if now.incentives.reward > 0.0:
        return {"incentives.reward": 2.0 * now.incentives.reward}
    return {"incentives.reward": 5.0}


def _funny(now: Scenario) -> Changes | None:
    if "funny_video" not in now.content_types:
        return None
    first = next((k for k, post in enumerate(now.content) if post.brand is None), None)
    if first is None or now.content[first].type == "funny_video":
        return None
    calendar = [post.model_dump(mode="json", exclude_none=True) for post in now.content]
    calendar[first]["type"] = "funny_video"
    return {"content": calendar}


def _elsewhere(now: Scenario) -> Changes | None:
    there = [each.model_dump(mode="json", exclude_none=True) for each in now.publish.outlets]
    place = {"name": "one more place", "audience": 0.03, "shown": 0.5, "fee": 50.0}
    return {"publish.outlets": [*there, place]}


def _advertise(now: Scenario) -> Changes | None:
    if not now.content:
        return None
    post = now.calendar()[0]
    there = [each.model_dump(mode="json", exclude_none=True) for each in now.publish.ads]
    flight = {
        "name": "one flight",
        "type": post.type,
        "format": "social",
        "tick": post.tick,
        "audience": 0.1,
    }
    return {"publish.ads": [*there, flight]}


def _everywhere(now: Scenario) -> Changes | None:
    if len(now.channels) < 2 or now.publish.cross_posting:
        return None
    return {"publish.cross_posting": True}


def _link(now: Scenario) -> Changes | None:
    return {
        **(_raise(now, {"transact.link": 1.0}) or {}),
        **(_every_post("fidelity", 0.99)(now) or {}),
    } or None


def _thanks(now: Scenario) -> Changes | None:
    return _served(now, {"interact.thank": 1.0})


def _replies(now: Scenario) -> Changes | None:
    return _served(now, {"interact.reply": 1.0}) if now.interact.comment > 0.0 else None


def _service(now: Scenario) -> Changes | None:
    if now.complaints.rate == 0.0:
        return None
    quick = {"complaints.delay": 0} if now.complaints.delay > 0 else {}
    return {**(_served(now, {"complaints.detection": 0.95}) or {}), **quick} or None


def _served(now: Scenario, wanted: dict[str, float]) -> Changes | None:
    raised = _raise(now, wanted) or {}
    return {**raised, "interact.capacity": max(2 * now.interact.capacity, 20)}


def _discount(now: Scenario) -> Changes | None:
    if now.transact.price == 0.0 or now.incentives.discount >= 0.2:
        return None
    return {"incentives.discount": 0.2}


def _exclusive(now: Scenario) -> Changes | None:
    if now.interact.follow_exclusive == 0.0:
        return None
    types = now.content_types
    names = [each for each in _posted(now) if not types[each].exclusive]
    return {f"content_types.{each}.exclusive": True for each in names} or None


def _gift(now: Scenario) -> Changes | None:
    if now.transact.click_reward == 0.0 and now.transact.convert_reward == 0.0:
        return None
    paid = (
        {} if now.incentives.paid in ("referral", "conversion") else {"incentives.paid": "referral"}
    )
    return {"incentives.recipient": now.incentives.recipient + 5.0, **paid}


def _come_back(now: Scenario) -> Changes | None:
    return _raise(now, {"returns.lead": 0.2, "returns.visit": 0.2})


REMEDIES: Final = (
    Remedy("placement elsewhere", ("publish",), "000", _elsewhere),
    Remedy("paid media", ("publish",), "004", _advertise),
    Remedy("all channels", ("publish", "notice"), "003", _everywhere),
    Remedy("content that lasts", ("notice",), "001", _every_post("longevity", 144.0)),
    Remedy("reward", ("share", "reshare"), "000", _reward),
    Remedy("funny content", ("share", "reshare"), "000", _funny),
    Remedy("spotlight", ("share", "reshare"), "000", _every_post("spotlight", 1.0)),
    Remedy("thanks", ("share", "reshare", "thank"), "004", _thanks),
    Remedy("less selling", ("click", "share", "reshare", "unfollow"), "000", _less_selling),
    Remedy("better offer", ("click",), "003", _every_post("offer", 0.9)),
    Remedy("gift for the friend", ("click", "convert"), "004", _gift),
    Remedy("link", ("find",), "000", _link),
    Remedy("value first", ("convert",), "003", _every_post("value", 0.8)),
    Remedy("discount", ("convert",), "004", _discount),
    Remedy("for followers alone", ("follow",), "001", _exclusive),
    Remedy("answers", ("reply",), "004", _replies),
    Remedy("service", ("mend", "convert"), "004", _service),
    Remedy("mailing list", ("return",), "003", _come_back),
)
