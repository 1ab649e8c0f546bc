"""The indicators of a campaign: one function each would hide how few they are, so one page.

What is not defined in a campaign (a rate of nothing) is nan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from . import state as s
from .flows import making, revenue
from .plan import COMPLAINT, POST
from .wave import BRAND
from .world import ADVOCATE, STRANGER

if TYPE_CHECKING:
    from .result import Result

# What an act of a member counts in the activity score: conversation most (003). Assumed.
COMMENT_SCORE: Final = 4
SHARE_SCORE: Final = 2
LIKE_SCORE: Final = 1


def ratio(part: float, whole: float) -> float:
    """Part by whole; nan where there is nothing to take a part of."""
    return part / whole if whole else float("nan")


def time_to_half(counts: NDArray[np.int64], hours: float) -> float:
    """Hours from the first of what was counted, tick by tick, until there was half of it.

    Within a tick it is taken to come evenly: little depends on how finely the clock is read.

    Examples
    --------
    >>> time_to_half(np.array([0, 0, 4, 2, 2]), 6.0), time_to_half(np.array([0, 2, 4]), 6.0)
    (6.0, 7.5)
    """
    came = np.flatnonzero(counts)
    if not came.size:
        return float("nan")
    total, first = np.cumsum(counts), int(came[0])
    at = int(np.searchsorted(total, total[-1] / 2.0))
    before = float(total[at] - counts[at])
    return hours * (at - first + (float(total[-1]) / 2.0 - before) / float(counts[at]))


def kpis(result: Result) -> dict[str, float]:
    r"""All indicators of a campaign; of its own messages, but where complaints or rivals are named.

    ``reach``
        Distinct people who noticed a message.
    ``impressions``, ``frequency``
        Posts that arrived in feeds; the same for each person in whose feed any arrived.
    ``likes``, ``comments``, ``shares``, ``reshares``
        Likes; comments; decisions to pass on what was seen at hop 0, and at hop 1 or more.
    ``applause_rate``
        (likes + shares + reshares + comments) / posts (003).
    ``r_first_hop``, ``r_later_hops``
        Shares at hop 1 for each at hop 0; shares at hop h + 1 for each at hop h >= 1 (R by
        generation, Goel, Watts & Goldstein 2012).
    ``invitations_per_sharer``, ``invitation_conversion``, ``k_factor``
        Impressions at hop 1 or more / sharers whose post went out before the end; reshares / those
        impressions; their product, the new sharers that one sharer brings: invitations a user times
        their conversion. Who decided too late to have invited anybody is no sharer of the first and
        counts as a new one: the mean offspring as Harris (1948) estimates it from the generations
        that were seen, with which a tree that grows tenfold a generation has 10.
    ``reshare_ratio``
        Reshares / (shares + reshares): below 1 in whatever tree, however fast it grows.
    ``amplification``
        Earned for each owned impression (004): those at hop 1 or more / those at hop 0.
    ``structural_virality``
        Mean over cascades of two shares or more (Goel et al. 2016).
    ``time_to_half``, ``complaint_time_to_half``
        Hours from the tick in which anybody first noticed something until half of all who ever did
        had; from that in which a complaint first arrived in a feed until half of them had.
    ``clicks``, ``visits``, ``conversions``, ``conversion_rate``, ``visit_conversion_rate``
        People and messages that were clicked on; visits of who found the brand, or came back;
        first transactions of a person (of each through a message, where `transact.once` says so);
        conversions / clicks; first and repeat purchases / visits (003).
    ``returning_visitors``
        Visits of those who came back / visits (001).
    ``leads``, ``email_list``, ``retargeting_list``, ``offer_awareness``
        Visitors who left an address, and distinct people among them; people who visited and never
        bought; people who noticed an offer (003).
    ``upsell``, ``cross_sell``, ``buyer_frequency``
        Repeat purchases that were larger, or of another product too; purchases / buyers (003).
    ``revenue``, ``cost``, ``reward_cost``
        What purchases brought, price and worth; the sum of the ledger; rewards, recipients' rewards
        and fraud in it.
    ``gross_profit``, ``profit``
        Revenue less what it took to make what was sold (`transact.margin`); that less cost.
    ``return_on_spend``, ``return_on_investment``
        Revenue / cost (ROAS); profit / cost (ROI).
    ``cost_per_exposure``, ``cost_per_trusted_exposure``, ``cost_per_conversion``
        Cost / impressions; / impressions from people; / conversions (004).
    ``cost_per_incremental_share``
        What it costs to win a share that would not have been made anyway: nan in one campaign,
        which cannot know (`cost_per_incremental_share` of two).
    ``fans``, ``new_fans``, ``churn``, ``community_growth``
        Followers at the end; those won; those lost / (followers at birth + won); (won - lost) /
        followers at birth (003).
    ``activity_score``, ``community_experience``
        (4 comments + 2 shares + likes) / followers, conversation counting most (003; the weights
        are assumed); the mean sense of community of followers (McMillan & Chavis 1986).
    ``advocates``
        At the end (002).
    ``mean_trust``, ``mean_bond``
        Over everybody, at the end.
    ``complaints``, ``complaints_mended``, ``refunds``, ``gaps_found``
        Complaints told in public; those mended before; refunds; topics about which the brand heard
        of at least `complaints.gap` complaints (003).
    ``content_gaps_found``
        Topics that no post of the brand is about, and of which it saw at least `topic_map.gap` acts
        of followers who care for them: what people talk about and the brand does not (003).
    ``authority``
        Over those who care for a topic that the brand posts about, the mean of expertise times
        trust: a source is believed for both (Hovland & Weiss 1951; Ohanian 1990). Expertise is
        the value that one got from its posts, at first hand or through people, whichever is more;
        0 for who noticed nothing of it.
    ``share_of_voice``
        Impressions / (those and rivals').
    ``sentiment``
        (positive - negative) / (both), of what people passed on: posts against complaints.
    ``media_mentions``, ``partnerships``
        Posts that an outlet took up for nothing; outlets that did so at least twice (003).
    ``mentions``, ``mentions_found``
        What people said of the brand unasked (`talk.rate`); those that the brand found (001).
    ``thanks``, ``replies``
        Given (004).
    """
    total = {name: int(column.sum()) for name, column in result.columns.items()}
    by_hop = result.counts[result.ours, ..., 0].sum(axis=(0, 2))
    exposed, first, later = by_hop[s.EXPOSED], by_hop[s.SHARED], by_hop[s.RESHARED]
    owned, earned = int(exposed[0]), int(exposed[1:].sum())
    passed_on = total["shares"] + total["reshares"]
    invited = went_out(result)
    visits = total["found"] + total["returns"]
    hours = result.scenario.hours_per_tick
    costs = result.ledger
    cost = sum(costs.values())
    came = revenue(result)
    left = came - making(result)
    followers = int((result.role_at_birth != STRANGER).sum())
    fans = int((result.role != STRANGER).sum())
    posts = int(result.units[:, 0].sum())
    visited = (result.steps >> s.FOUND) & 1 == 1
    bought = (result.steps >> s.CONVERTED) & 1 == 1
    flags = result.relation["flags"]
    conversation = COMMENT_SCORE * total["comments"] + SHARE_SCORE * passed_on
    return {
        "reach": result.people[s.NOTICED],
        "impressions": total["impressions"],
        "frequency": ratio(total["impressions"], result.people[s.EXPOSED]),
        "likes": total["likes"],
        "comments": total["comments"],
        "shares": total["shares"],
        "reshares": total["reshares"],
        "applause_rate": ratio(total["likes"] + total["comments"] + passed_on, posts),
        "r_first_hop": ratio(int(later[1]), int(first.sum())),
        "r_later_hops": ratio(int(later[2:].sum()), int(later[1:].sum())),
        "invitations_per_sharer": ratio(earned, invited),
        "invitation_conversion": ratio(total["reshares"], earned),
        "k_factor": ratio(total["reshares"], invited),
        "reshare_ratio": ratio(total["reshares"], passed_on),
        "amplification": ratio(earned, owned),
        "time_to_half": time_to_half(result.columns["reach"], hours),
        "complaint_time_to_half": time_to_half(result.columns["negative_impressions"], hours),
        "structural_virality": result.cascades.summary["structural_virality"],
        "clicks": total["clicks"],
        "visits": visits,
        "returning_visitors": ratio(total["returns"], visits),
        "conversions": total["conversions"],
        "conversion_rate": ratio(total["conversions"], total["clicks"]),
        "visit_conversion_rate": ratio(total["conversions"] + total["repeats"], visits),
        "leads": total["leads"],
        "email_list": int((flags & s.LEFT_ADDRESS != 0).sum()),
        "retargeting_list": int((visited & ~bought).sum()),
        "offer_awareness": total["offers_seen"],
        "upsell": total["upsells"],
        "cross_sell": total["cross_sells"],
        "buyer_frequency": ratio(total["conversions"] + total["repeats"], int(bought.sum())),
        "revenue": came,
        "cost": cost,
        "reward_cost": costs["rewards"] + costs["recipients"] + costs["fraud"],
        "gross_profit": left,
        "profit": left - cost,
        "return_on_spend": ratio(came, cost),
        "return_on_investment": ratio(left - cost, cost),
        "cost_per_exposure": ratio(cost, total["impressions"]),
        "cost_per_trusted_exposure": ratio(cost, earned),
        "cost_per_incremental_share": float("nan"),
        "cost_per_conversion": ratio(cost, total["conversions"]),
        "fans": fans,
        "new_fans": total["new_fans"],
        "churn": ratio(total["lost_fans"], followers + total["new_fans"]),
        "community_growth": ratio(total["new_fans"] - total["lost_fans"], followers),
        "activity_score": ratio(conversation + LIKE_SCORE * total["likes"], fans),
        "community_experience": _mean(result.community[result.role != STRANGER]),
        "advocates": int((result.role == ADVOCATE).sum()),
        "mean_trust": float(np.mean(result.trust, dtype=np.float64)),
        "mean_bond": float(np.mean(result.bond, dtype=np.float64)),
        "complaints": total["complaints"],
        "complaints_mended": total["mended"],
        "refunds": total["refunds"],
        "gaps_found": int((result.gaps >= result.scenario.complaints.gap).sum()),
        "content_gaps_found": _content_gaps(result),
        "authority": _authority(result),
        "share_of_voice": ratio(
            total["impressions"], total["impressions"] + total["rival_impressions"]
        ),
        "sentiment": _sentiment(result, passed_on),
        "media_mentions": total["media_mentions"],
        "partnerships": _partnerships(result),
        "mentions": _mentions(result),
        "mentions_found": total["mentions_found"],
        "thanks": total["thanks"],
        "replies": total["replies"],
    }


def went_out(result: Result) -> int:
    """How many shares of the brand's messages were posted before the campaign ended.

    Posted is a share at its hour, and in the tick after the decision at the earliest.
    """
    log, ours = result.share_log, result.ours[result.share_log.message]
    by_the_hour = result.share_hours / result.scenario.hours_per_tick
    posted = np.maximum(log.tick + 1, np.minimum(by_the_hour, result.ticks).astype(np.int64))
    return int((posted[ours] < result.ticks).sum())


def cost_per_incremental_share(result: Result, without: Result) -> float:
    """What a share costs that would not have been made anyway (004: those are paid too).

    Parameters
    ----------
    result
        A campaign.
    without
        The same campaign, in the same world and with the same luck, without what is paid for.

    Returns
    -------
    float
        (cost - cost without) / (shares - shares without); nan where nothing was won.
    """
    won, spent = (
        sum(each.kpis[name] * sign for each, sign in ((result, 1), (without, -1)) for name in names)
        for names in (("shares", "reshares"), ("cost",))
    )
    return spent / won if won > 0 else float("nan")


def _mean(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    return float(values.mean()) if values.size else float("nan")


def _sentiment(result: Result, positive: int) -> float:
    """Of what people passed on, posts against complaints: 1 all praise, -1 all complaint."""
    bad = result.counts[result.kinds == COMPLAINT, ..., 0].sum(axis=(0, 2, 3))
    negative = int(bad[s.SHARED] + bad[s.RESHARED])
    return ratio(positive - negative, positive + negative)


def _served(result: Result) -> NDArray[np.int16]:
    """The parts of the circle of topics that posts of the brand are about."""
    posted = np.array([post.tick is not None for post in result.posts], np.bool_)
    return np.unique(result.topics[posted & (result.kinds == POST)])


def _content_gaps(result: Result) -> int:
    """Topics of which enough was heard, and that no post is about."""
    topics = result.scenario.topic_map
    heard = np.bincount(result.topic, result.relation["observed"], topics.topics)
    heard[_served(result)] = 0
    return int((heard >= topics.gap).sum())


def _authority(result: Result) -> float:
    """Expertise times trust, over those who care for what the brand posts about."""
    care = np.isin(result.topic, _served(result))
    given, helped = (result.relation[name][care].astype(np.float64) for name in ("given", "helped"))
    return _mean(np.maximum(given, helped) * result.trust[care])


def _mentions(result: Result) -> int:
    """How often people said something of the brand unasked."""
    log = result.share_log
    return int(((log.sender == BRAND) & result.mentions[log.message]).sum())


def _partnerships(result: Result) -> int:
    """Outlets that took up at least two posts for nothing."""
    outlets = result.scenario.publish.outlets
    free = np.array([each.fee == 0.0 for each in outlets for _ in range(each.count)], np.bool_)
    return int((free & (result.placed[: free.size] >= 2)).sum())
