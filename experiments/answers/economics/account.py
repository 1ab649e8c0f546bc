"""The economics of a campaign told: in sentences, as a table, to machines."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ...estimates.chance import Chance
from ...estimates.interval import Estimate
from ...estimates.ratio import Ratio
from ...show.numbers import between, mean, percent

if TYPE_CHECKING:
    import pandas as pd

    from .answer import Economics
    from .broadcast import Beside
    from .incentive import Incremental

NAMES: Final = {
    "cost_per_exposure": "cost per exposure",
    "cost_per_trusted_exposure": "cost per trusted exposure",
    "cost_per_share": "cost per share",
    "cost_per_conversion": "cost per conversion",
}
_FORMS: Final = {"cost": "money", "profit": "money"}


class Row(NamedTuple):
    """A line of the table: of which group, what, how much, between what, written how."""

    group: str
    name: str
    value: float
    low: float
    high: float
    form: str

    @property
    def words(self) -> tuple[str, str]:
        """The value, and its interval, as people read them."""
        value = mean(self.value, self.form)
        if math.isnan(self.low):
            return value, ""
        return value, f"{mean(self.low, self.form)} to {mean(self.high, self.form)}"


def rows(found: Economics) -> Iterator[Row]:
    """The lines of the table, in the order in which they are read."""

    def line(group: str, name: str, what: Estimate | Ratio | Chance, form: str) -> Row:
        return Row(group, name, what[0], what.low, what.high, form)

    for name, cost in found.costs.items():
        yield line("Costs", NAMES[name], cost, "money")
    if found.incentive is not None:
        won = found.incentive
        yield line("Incentive", "shares that are made anyway", won.anyway, "number")
        yield line("Incentive", "shares that it wins", won.won, "number")
        yield line("Incentive", "shares that it costs", won.lost, "number")
        yield line("Incentive", "of those paid, made anyway", won.paid_anyway, "rate")
        yield line("Incentive", "cost per incremental share", won.cost_per_share, "money")
        yield line("Incentive", "conversions that it adds", won.conversions, "number")
        yield line("Incentive", "profit that it adds", won.profit, "money")
    if found.beside is not None:
        other = found.beside
        for name, each in other.broadcast.items():
            yield line("Broadcast", name, each, _FORMS.get(name, "number"))
        yield line("Broadcast", "cost per thousand exposures", other.thousand[1], "money")
        yield line("Broadcast", "cost per conversion", other.conversion[1], "money")
        for name, each in other.difference.items():
            if name != "cost":  # which is the same by design
                yield line("Campaign less broadcast", name, each, _FORMS.get(name, "number"))
    if found.break_even is not None and not found.break_even.why_none:
        point = found.break_even
        yield Row("Break-even", "factor of the odds", point.factor, point.low, point.high, "number")
        nan = math.nan
        yield Row("Break-even", "share rate there", point.share_rate, nan, nan, "rate")
        yield Row("Break-even", "share rate now", point.now.share_rate, nan, nan, "rate")
    value = found.value
    yield line("Value", "net present value", value.value, "money")
    yield line("Value", "lost by waiting", value.discounted_away, "money")
    yield line("Value", "of word of mouth", value.whole, "money")
    yield line("Value", "  through earlier purchases", value.acceleration, "money")
    yield line("Value", "  through further purchases", value.expansion, "money")
    yield line("Value", "  repeats and costs", value.other, "money")
    yield from _risks(found, line)


def _risks(found: Economics, line: Any) -> Iterator[Row]:
    nan, dangers = math.nan, found.risk
    yield line("Risk", "chance of backlash", dangers.backlash, "rate")
    yield line("Risk", "chance of a loss", dangers.loss, "rate")
    for at, profit in dangers.profit.items():
        yield Row("Risk", f"profit, {at} lie below", profit, nan, nan, "money")
    if dangers.worst is not None:
        worst = dangers.worst
        yield Row(
            "Risk", "profit at risk, worst 5 %", worst.value_at_risk, worst.low, worst.high, "money"
        )
        yield Row("Risk", "mean of the worst 5 %", worst.shortfall, nan, nan, "money")
    yield line("Take-off", "chance of taking off", dangers.take_off, "rate")
    for title, given in (
        ("having taken off", dangers.given_take_off),
        ("if not", dangers.given_none),
    ):
        for name, spread in given.items():
            low, middle, high = spread.values()
            yield Row("Take-off", f"{name}, {title}", middle, low, high, "number")


def table(found: Economics) -> pd.DataFrame:
    """All lines as a table: group, name, value, low, high."""
    import pandas as pd

    lines = [each[:5] for each in rows(found)]
    return pd.DataFrame(lines, columns=["group", "name", "value", "low", "high"])


def sentence(found: Economics) -> str:
    """What matters, in plain sentences."""
    costs, dangers = found.costs["cost_per_conversion"], found.risk
    money = found.numbers("profit").mean()
    noun = found.scenario.outcome
    start = (
        f"{found.scenario.name} makes a profit of {mean(float(money), 'money')} on average and a "
        f"loss in {percent(dangers.loss.share)} of {dangers.loss.replicates:,} replicates"
    )
    if not math.isnan(costs.value):
        start += f"; a conversion ({noun}) costs {mean(costs.value, 'money')}"
    parts = [start + "."]
    if found.incentive is not None:
        parts.append(_incentive(found.incentive))
    if found.beside is not None:
        parts.append(_beside(found.beside))
    if found.break_even is not None:
        parts.append(found.break_even.sentence)
    took = dangers.take_off
    parts.append(
        f"It takes off (a cascade of 100 shares or more) in {percent(took.share)} of replicates "
        f"({percent(took.low)} to {percent(took.high)})"
        + (
            f", and half of those come to {dangers.given_take_off['conversions']['50 %']:,.0f} "
            f"{noun} or more."
            if dangers.given_take_off
            else "."
        )
    )
    return " ".join(parts)


def _incentive(won: Incremental) -> str:
    anyway = percent(won.paid_anyway.value)
    text = f"Of the shares that the incentive pays for, {anyway} are made anyway"
    each = won.cost_per_share
    if math.isinf(each.high) or each.below <= 0:
        return text + ", and it is not sure that it adds any."
    return text + (
        f", so that a share that it adds costs {mean(each.value, 'money')} "
        f"({mean(each.low, 'money')} to {mean(each.high, 'money')})."
    )


def _beside(other: Beside) -> str:
    sold, seen = other.difference["conversions"], other.difference["impressions"]
    side, verb = ("more" if each.mean >= 0 else "fewer" for each in (seen, sold))
    sure = "" if sold.sure else ", which may be luck"
    return (
        f"Beside a broadcast for the same money ({mean(other.cost_per_thousand, 'money')} per "
        f"thousand) it makes {mean(abs(seen.mean), 'count')} impressions {side} and sells "
        f"{mean(abs(sold.mean), 'count')} {verb} ({between(sold, 'count')}){sure}."
    )


def document(found: Economics) -> dict[str, Any]:
    """As plain values for machines."""
    incentive, beside = found.incentive, found.beside
    return {
        "scenario": found.scenario.name,
        "sentence": found.sentence,
        "replicates": found.replicates,
        "seed": found.seed,
        "world": found.world,
        "level": found.level,
        "costs": _plain(found.costs),
        "incentive": None if incentive is None else _plain(incentive._asdict()),
        "broadcast": None if beside is None else _plain(beside._asdict()),
        "break_even": None if found.break_even is None else found.break_even.to_dict(),
        "present_value": _plain(found.value._asdict()),
        "risk": _plain(found.risk._asdict()),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if hasattr(value, "_asdict"):
        return _plain(value._asdict())
    if isinstance(value, (tuple, list)):
        return [_plain(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
