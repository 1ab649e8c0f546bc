"""What "Success Model for Social Media Sharing" (000) claims."""

from __future__ import annotations

from typing import Final

from .claim import Statement, Text

SMALL: Final = "network.people=2000"
OUTLET: Final = 'publish.outlets=[{name="city events page",audience=0.04,shown=0.3}]'


def posts(words: str, times: int) -> str:
    """A calendar as ``--set`` takes it: some content types, so many times over.

    Examples
    --------
    >>> posts("post funny_video", 2)
    'content=["post","funny_video","post","funny_video"]'
    """
    named = ",".join(f'"{each}"' for each in words.split() * times)
    return f"content=[{named}]"


MIXED: Final = posts("useful_advice hard_sell backstage useful_advice", 7)

TEXT: Final = Text(
    "000",
    "Success Model for Social Media Sharing",
    (
        Statement(
            "Media money is saved only by who has a following already: with twice the followers "
            "more people are reached.",
            "open_house", ("people.fans=0.2",), "reach", 1, (SMALL,), size=1.65,
        ),
        Statement(
            "Who also publishes outside the own profile reaches more people.",
            "open_house", (OUTLET,), "reach", 1, (SMALL, "publish.outlets=[]"), size=1.099,
        ),
        Statement(
            "Not selling too much: giving something in three posts of four wins more than selling "
            "in every post.",
            "hard_sell", (MIXED,), "conversions", 1, (SMALL,), size=1.69,
            note="By `relation.pressure` and `relation.monologue`, which are 0 unless a scenario "
            "sets them; .06 and .02 here, both assumed.",
        ),
        Statement(
            "Not selling too much: it keeps the trust of those who hear of it.",
            "hard_sell", (MIXED,), "mean_trust", 1, (SMALL,), size=1.18,
            note="By the same two.",
        ),
        Statement(
            "People need a reason to pass something on; a funny video can be one.",
            "funny_video", ("content=funny_video",), "shares", 1, (SMALL, "content=post"),
            size=2.91,
            note="`content_types.NAME.contagiousness` of 1.1, assumed: beyond what one standard "
            "deviation of an emotion does in Berger & Milkman 2012, 15 to 30 % in odds.",
        ),
        Statement(
            "A reward convinces people to pass it on.",
            "open_house", ("incentives.reward=10",), "shares", 1, (SMALL,), size=1.73,
            note="By `share.weight.reward`, 0 unless a scenario sets it; 1 here, assumed.",
        ),
        Statement(
            "To be put in the spotlight is a reason to pass it on.",
            "spotlight", ("share.weight.status=0.7",), "shares", 1,
            (SMALL, "share.weight.status=0"), size=1.97,
            note="`share.weight.status` is assumed.",
        ),
        Statement(
            "It gets far only where people outside the own network pass it on too.",
            "open_house", ("share.base.stranger=0.016",), "reach", 1,
            (SMALL, "share.base.stranger=0"), size=1.36,
        ),
        Statement(
            "It takes effort to share: the easier, the more do.",
            "open_house",
            ("channels.facebook.effort=-0.5", "channels.twitter.effort=-0.5",
             "channels.linkedin.effort=-0.5"),
            "shares", 1, (SMALL,), size=1.56,
        ),
        Statement(
            "A link keeps the brand findable for those who do not know it.",
            "open_house", ("transact.link=1",), "visits", 1,
            (SMALL, "transact.recall=0", "transact.link=0"), size=1.49,
        ),
        Statement(
            "Who cannot find the brand does not come to follow it.",
            "open_house", ("transact.link=1",), "new_fans", 1,
            (SMALL, "transact.recall=0", "transact.link=0"), size=2.9,
            note="Those who follow without it met the brand itself, or were asked by it.",
        ),
        Statement(
            "A stranger needs a reason to trust before there is a transaction.",
            "open_house", ("people.trust.stranger=0.7",), "conversions", 1, (SMALL,), size=1.46,
        ),
        Statement(
            "Exposure alone sells nothing: something on offer brings transactions.",
            "open_house", ("content_types.invitation.offer=0.6",), "conversions", 1,
            (SMALL, "content_types.invitation.offer=0"), size=1.54,
        ),
        Statement(
            "Talking with the people whom a campaign brought makes relations.",
            "open_house", ("interact.thank=0.8",), "mean_bond", 1, (SMALL, "interact.thank=0"),
            size=1.033,
        ),
        Statement(
            "It matters where the brand talks with them: on one platform it meets fewer of them "
            "than on all of theirs.",
            "open_house", ("interact.channel=linkedin",), "mean_bond", -1,
            (SMALL, "channels.linkedin.membership=0.3"), size=0.98,
            note="A third of the people on that platform is assumed.",
        ),
        Statement(
            "Too many posts tire: an invitation a day brings less for the money than one in five "
            "days.",
            "open_house", ("publish.interval=4", posts("invitation", 25)), "return_on_spend", -1,
            (SMALL, "publish.interval=20", posts("invitation", 5)), worlds=48,
            fails="No difference that is surely one in 25 days: each further post earns about what "
            "the first ones do. By default nothing takes notice from who posts often, and those "
            "who leave are too few as yet. It takes a default for `notice.habit`, which the next "
            "row sets.",
        ),
        Statement(
            "Too many posts tire: an invitation a day brings less for the money than one in five "
            "days, where each is noticed less for the others.",
            "open_house", ("publish.interval=4", posts("invitation", 25)), "return_on_spend", -1,
            (SMALL, "publish.interval=20", posts("invitation", 5), "notice.habit=0.36"),
            worlds=48, size=0.77,
            note="By `notice.habit`, 0 by default; .36 is what twice as many posts took from the "
            "comments on each (Track Social 2012; of the likes it was .81).",
        ),
        Statement(
            "Too many posts tire: they drive followers away.",
            "open_house", ("publish.interval=4", posts("invitation", 25)), "churn", 1,
            (SMALL, "publish.interval=20", posts("invitation", 5)), size=18.6,
            note="By `interact.unfollow` and `interact.unfollow_fatigue`, by which an account that "
            "posts once a day loses 3 % of its followers in a month, over a year (Myers & Leskovec "
            "2014). That who notices much leaves sooner is from Kwak, Chun & Moon 2011; how much "
            "is assumed.",
        ),
    ),
)  # fmt: skip
