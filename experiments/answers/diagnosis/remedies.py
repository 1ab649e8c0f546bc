"""What the sources say helps at a stage, as changes of a scenario that can be run.

How much of each is tried is assumed, and said in the changes themselves: they are what one would
type after ``--set``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from ....sim.parameters import Scenario

Changes = dict[str, Any]

# What a better product page does to those who buy of its visitors: assumed, as nobody has published
# what a day of an agency's work brings.
_BETTER_PAGE: Final = 1.1


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
    does
        What somebody does who takes it, in the words of whoever runs a shop.
    """

    name: str
    stages: tuple[str, ...]
    source: str
    changes: Callable[[Scenario], Changes | None]
    does: str


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


def _more_ads(now: Scenario) -> Changes | None:
    return {
        f"publish.ads.{number}.impressions": 2.0 * ad.impressions
        for number, ad in enumerate(now.publish.ads)
        if ad.price > 0.0 and ad.impressions > 0.0
    } or None


def _page(now: Scenario) -> Changes | None:
    if not 0.0 < now.transact.convert < 1.0:
        return None
    return {"transact.convert": round(min(_BETTER_PAGE * now.transact.convert, 1.0), 6)}


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
    Remedy("placement elsewhere", ("publish",), "000", _elsewhere,
           "have another page or paper show the posts"),
    Remedy("paid media", ("publish",), "004", _advertise,
           "show the first post as an advertisement"),
    Remedy("larger ad budget", ("publish",), "004", _more_ads,
           "spend twice as much on the advertisements there are"),
    Remedy("all channels", ("publish", "notice"), "003", _everywhere,
           "post on all channels at once"),
    Remedy("content that lasts", ("notice",), "001", _every_post("longevity", 144.0),
           "make posts that stay interesting for longer"),
    Remedy("reward", ("share", "reshare"), "000", _reward,
           "pay a reward to those who pass it on"),
    Remedy("funny content", ("share", "reshare"), "000", _funny,
           "make the first post a funny video"),
    Remedy("spotlight", ("share", "reshare"), "000", _every_post("spotlight", 1.0),
           "put customers into the spotlight of every post"),
    Remedy("thanks", ("share", "reshare", "thank"), "004", _thanks,
           "thank everybody who passes it on"),
    Remedy("less selling", ("click", "share", "reshare", "unfollow"), "000", _less_selling,
           "sell half as hard in the posts"),
    Remedy("better offer", ("click",), "003", _every_post("offer", 0.9),
           "make the offer better"),
    Remedy("gift for the friend", ("click", "convert"), "004", _gift,
           "give the friend something too"),
    Remedy("link", ("find",), "000", _link,
           "put a link that works into every post"),
    Remedy("value first", ("convert",), "003", _every_post("value", 0.8),
           "make the posts more useful"),
    Remedy("better product page", ("convert",), "003", _page,
           "make the page better on which people buy"),
    Remedy("discount", ("convert",), "004", _discount,
           "give a discount to those who come through a friend"),
    Remedy("for followers alone", ("follow",), "001", _exclusive,
           "offer something to followers alone"),
    Remedy("answers", ("reply",), "004", _replies,
           "answer every comment"),
    Remedy("service", ("mend", "convert"), "004", _service,
           "hear of complaints and mend them quickly"),
    Remedy("mailing list", ("return",), "003", _come_back,
           "collect addresses and write to them"),
)  # fmt: skip
