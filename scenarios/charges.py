"""What a change of a scenario takes of money: which parameter charges for it, and whether it does.

A campaign whose cost is 0 may be free, or nobody may have said what it costs. Advice that ranks by
money has to know which.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from ..sim.parameters import Scenario
from ..sim.parameters.paths import flat


class Charge(NamedTuple):
    """What a brand can change, and what charges for it.

    Attributes
    ----------
    paths
        Dotted, separated by blanks; all below a table where it ends in a point. What a scenario
        names itself stands in no path: ``content_types.offer``.
    charged
        Whether a change from one scenario to another is charged for.
    by
        The parameters that would charge for it; empty where there is none.
    """

    paths: str
    charged: Callable[[Scenario, Scenario], object]
    by: str


class Unpriced(NamedTuple):
    """Something that was changed and that nothing charges for.

    Attributes
    ----------
    path
        The parameter.
    by
        The parameters that would charge for it; empty where there is none.
    """

    path: str
    by: str

    @property
    def sentence(self) -> str:
        """What is not known, and what would tell.

        Examples
        --------
        >>> Unpriced("content_types.post.offer", "transact.offer_cost").sentence
        'Nothing says what content_types.post.offer costs; give transact.offer_cost.'
        """
        remedy = f"give {self.by}" if self.by else "no parameter does, so put its cost beside it"
        return f"Nothing says what {self.path} costs; {remedy}."


def _always(_: Scenario, __: Scenario) -> bool:
    return True


def _never(_: Scenario, __: Scenario) -> bool:
    return False


def _by(path: str) -> Callable[[Scenario, Scenario], object]:
    section, name = path.split(".")
    return lambda _, then: getattr(getattr(then, section), name)


def _asked(_: Scenario, then: Scenario) -> object:
    return then.publish.seed_cost or then.publish.seed_cost_follower or then.people.file


def _placed(now: Scenario, then: Scenario) -> bool:
    new = [each for each in then.publish.outlets if each not in now.publish.outlets]
    return bool(then.publish.pitch_cost) or all(each.fee > 0.0 for each in new)


def _advertised(now: Scenario, then: Scenario) -> bool:
    new = [each for each in then.publish.ads if each not in now.publish.ads]
    return all(each.price > 0.0 or each.production > 0.0 for each in new)


def _made(now: Scenario, then: Scenario) -> bool:
    new = [each for each in then.publish.tools if each not in now.publish.tools]
    return all(each.cost > 0.0 or each.upkeep > 0.0 for each in new)


def _posted(now: Scenario, then: Scenario) -> bool:
    """Whether posts cost, and of types that were not posted before, what each takes."""
    before, after = (
        {post.type for post in each.content if post.brand is None} for each in (now, then)
    )
    made = [then.content_types[name].cost for name in after - before]
    return all(made) if made else bool(then.publish.cost)


CHARGES: Final = (
    Charge("publish.seeds publish.asked publish.seeding publish.seed_budget publish.seed_accept",
           _asked, "publish.seed_cost or publish.seed_cost_follower"),
    Charge("publish.outlets", _placed, "publish.pitch_cost, or the outlet a fee"),
    Charge("publish.ads", _advertised, "the ad a cost_per_thousand or a production"),
    Charge("content content. publish.interval", _posted,
           "publish.cost, and each new type a cost of its own (content_types.NAME.cost)"),
    Charge("content_types.value", lambda _, then: then.publish.value_cost and then.publish.cost,
           "publish.value_cost and publish.cost"),
    Charge("content_types.offer", lambda _, then: then.transact.offer_cost and max(
        then.price_of(name) for name in ("", *then.segments)),
           "transact.offer_cost and transact.price"),
    Charge("content_types.contagiousness content_types.fidelity content_types.longevity "
           "content_types.commerciality content_types.spotlight content_types.disclosure "
           "content_types.dialogue content_types.exclusive", _never, ""),
    Charge("incentives.reward incentives.recipient incentives.prize incentives.discount "
           "incentives.paid incentives.budget", _always, ""),
    Charge("incentives.access", _by("incentives.access_cost"), "incentives.access_cost"),
    Charge("interact.thank interact.reply interact.capacity interact.delay complaints.detection "
           "complaints.delay", _by("interact.cost"), "interact.cost"),
    Charge("advocacy.outreach advocacy.identify advocacy.listen advocacy.sample",
           _by("advocacy.outreach_cost"), "advocacy.outreach_cost"),
    Charge("advocacy.nurture", _by("advocacy.nurture_cost"), "advocacy.nurture_cost"),
    Charge("publish.tools", _made, "the tool a cost or an upkeep"),
    Charge("talk.found", _never, ""),
    Charge("transact.convert", _never, ""),
    Charge("channels.effort", _never, "publish.tools, a tool with an ease and a cost"),
    Charge("publish.cross_posting transact.link transact.recall returns.lead returns.visit "
           "returns.repeat returns.upsell returns.cross_sell hurdles. boost. "
           "complaints.recovery incentives.fraud incentives.audit", _never, ""),
)  # fmt: skip
# Tables whose entries a scenario names.
_NAMED: Final = ("content_types", "channels", "segments")


def unpriced(now: Scenario, then: Scenario) -> tuple[Unpriced, ...]:
    """What of a change from one scenario to another nothing charges for; see `CHARGES`.

    What is no act of the brand, such as whom people trust, is none of it; nor is a price. What a
    timeline changes is looked at as it is from each tick on at which one of the two changes.

    Examples
    --------
    >>> now = Scenario()
    >>> [each.path for each in unpriced(now, now.replace({"interact.thank": 0.5}))]
    ['interact.thank']
    >>> unpriced(now, now.replace({"interact.thank": 0.5, "interact.cost": 2.0}))
    ()
    """
    ticks = sorted({change.tick for each in (now, then) for change in each.timeline})
    pairs = [(now, then), *((now.at(tick), then.at(tick)) for tick in ticks)]
    return tuple(dict.fromkeys(found for pair in pairs for found in _unpriced(*pair)))


def _unpriced(now: Scenario, then: Scenario) -> Iterator[Unpriced]:
    for path in _changed(now, then):
        for charge in CHARGES:
            if any(_below(_general(path), each) for each in charge.paths.split()):
                if not charge.charged(now, then):
                    yield Unpriced(path, charge.by)
                break


def _changed(now: Scenario, then: Scenario) -> list[str]:
    before, after = flat(now.to_dict()), flat(then.to_dict())
    paths = dict.fromkeys((*after, *before))
    return [path for path in paths if _of(before, path) != _of(after, path)]


def _of(values: dict[str, Any], path: str) -> Any:
    return values.get(path)


def _general(path: str) -> str:
    """A path without what the scenario named itself."""
    parts = path.split(".")
    return ".".join([parts[0], *parts[2:]]) if parts[0] in _NAMED else path


def _below(path: str, entry: str) -> bool:
    return path.startswith(entry) if entry.endswith(".") else path == entry
