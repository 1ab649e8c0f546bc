"""What the columns of other tools' exports are called, in English, German and some others.

The first name of each kind is the one that is meant best: where a table has several, it is taken.
"""

from __future__ import annotations

import re
from typing import Final

from ..reading.vocabulary import plain

DATES: Final = (
    "date", "day", "datum", "tag", "week", "woche", "weekbeginning", "weekstart", "weekof", "fecha",
    "jour", "data", "timestamp", "datetime", "time", "reportingstarts", "startdate", "periodstart",
    "beginndesberichts", "nthday", "nthweek", "dayindex", "zeitraum", "byday", "dateutc", "kw",
)  # fmt: skip
CHANNELS: Final = (
    "channel", "kanal", "platform", "plattform", "source", "quelle", "medium", "network",
    "netzwerk", "sourcemedium",
    "sessionsourcemedium", "sessiondefaultchannelgroup", "defaultchannelgroup",
    "sessiondefaultchannelgrouping", "campaign", "campaignname", "kampagne", "kampagnenname",
    "adsetname", "adname", "anzeigengruppe", "publisherplatform", "trafficchannel",
)  # fmt: skip
# By what a campaign's own series and indicators are called.
SERIES: Final[dict[str, tuple[str, ...]]] = {
    # What was on a screen: a campaign calls that noticing, and impressions what came to feeds.
    "noticed": (
        "noticed", "impressions", "impression", "totalimpressions", "impressionen",
        "postimpressions",
        "tweetimpressions", "pageimpressions", "einblendungen", "impresiones", "views",
        "postviews", "videoviews", "totalvideoviews", "videoaufrufe", "aufrufe", "ansichten",
        "vues",
    ),
    "reach": (
        "reach", "totalreach", "postreach", "reichweite", "accountsreached", "erreichtekonten",
        "uniqueimpressions", "uniqueviews", "uniqueviewers", "uniquereach", "reachedaudience",
        "viewers", "instagramreach", "facebookreach", "alcance", "portee", "portée",
    ),
    "clicks": (
        "linkclicks", "linkklicks", "outboundclicks", "urlclicks", "clickslink", "clicks", "click",
        "totalclicks", "klicks", "klicksauflinks", "websiteclicks", "websiteklicks", "clicsall",
        "profilelinkclicks", "clicksall", "klicksalle", "clics", "clickstotal",
    ),
    "likes": (
        "likes", "like", "totallikes", "reactions", "reaktionen", "postreactions", "favorites",
        "favourites", "gefälltmir", "gefälltmirangaben", "gefaelltmir", "gefaelltmirangaben",
        "megusta", "jaime", "likesandreactions",
    ),
    "comments": (
        "comments", "comment", "totalcomments", "kommentare", "postcomments", "replies",
        "antworten",        "comentarios", "commentaires",
    ),
    # To one's own followers, before what a button of the same name sends to single people.
    "shares": (
        "reposts", "retweets", "shares", "share", "totalshares", "postshares", "geteilteinhalte",
        "geteilt", "teilungen", "malgeteilt", "compartidos", "partages",
    ),
    "reshares": ("reshares", "totalreshares", "weiterverbreitungen"),
    "visits": (
        "sessions", "sitzungen", "visits", "besuche", "onlinestoresessions", "landingpageviews",
        "onlinestorevisitors", "visitors", "besucher",
    ),
    "conversions": (
        "conversions", "conversion", "totalconversions", "keyevents", "schlüsselereignisse",
        "ecommercepurchases", "purchases", "orders", "totalorders", "transactions", "transaktionen",
        "konversionen", "bestellungen", "käufe", "kaeufe", "registrations", "registrierungen",
        "signups", "anmeldungen", "conversiones", "websitepurchases",
    ),
    "leads": ("leads", "lead", "totalleads"),
    "revenue": (
        "revenue", "totalrevenue", "purchaserevenue", "totalsales", "netsales", "grosssales",
        "sales", "umsatz", "gesamtumsatz", "erlös", "erlöse", "erloes", "conversionvalue",
        "purchasesconversionvalue", "purchaseconversionvalue", "totalconversionvalue", "ingresos",
    ),
    "new_fans": (
        "newfollowers", "newfollows", "followsgained", "followersgained", "neuefollower", "newfans",
        "follows", "newfollowerstotal", "newsubscribers", "neueabonnenten", "nuevosseguidores",
    ),
    "lost_fans": (
        "unfollows", "unfollowers", "followerslost", "lostfollowers", "lostfans",
        "verlorenefollower",
        "entfolgt", "unsubscribes",
    ),
    "complaints": ("complaints", "complaint", "beschwerden", "reklamationen", "negativefeedback"),
}  # fmt: skip
# A stock, and not what a day adds to it.
FANS: Final = (
    "followers", "totalfollowers", "follower", "fans", "followertotal", "followercount",
    "followeranzahl", "abonnenten", "abonnentinnen", "subscribers", "pagefollowers", "seguidores",
    "lifetimefollowers", "followersamount",
)  # fmt: skip
POSTS: Final = (
    "posts", "postspublished", "publishedposts", "post", "tweets", "numberofposts", "beiträge",
    "beitraege", "anzahlbeiträge", "veröffentlichtebeiträge", "publicaciones", "contentpublished",
)  # fmt: skip
SPENT: Final = (
    "spend", "amountspent", "totalspent", "totalspend", "adspend", "cost", "costs", "kosten",
    "ausgaben", "werbeausgaben", "ausgegebenerbetrag", "mediaspend", "spent", "gasto",
)  # fmt: skip
# What one tool alone calls its spend, and whose it then is.
WHOSE: Final = {
    "amountspent": "meta", "ausgegebenerbetrag": "meta", "totalspent": "linkedin",
}  # fmt: skip
# Worked out of the others, or of no use here: not even named as left out.
DERIVED: Final = frozenset(
    (
        "ctr",
        "cpm",
        "cpc",
        "cpa",
        "roas",
        "cpl",
        "frequency",
        "frequenz",
        "engagementrate",
        "clickthroughrate",
        "bouncerate",
        "conversionrate",
        "aov",
        "averageordervalue",
    )
)
# A table with one of these is of a site, whose views are of pages.
SITE: Final = frozenset(
    ("sessions", "sitzungen", "activeusers", "aktivenutzer", "eventcount", "newusers", "totalusers",
     "engagedsessions", "ereignisanzahl")
)  # fmt: skip
# A table with one of these has a row a post.
OF_POSTS: Final = frozenset(
    ("postid", "permalink", "publishtime", "tweetid", "tweetpermalink", "posturl", "postlink",
     "mediaid", "contenttitle", "posttitle", "beitragsid", "beitragslink", "videolink")
)  # fmt: skip
TOTALS: Final = frozenset(
    ("total", "totals", "grandtotal", "gesamt", "summe", "insgesamt", "gesamtsumme", "sum", "all")
)
_CURRENCY: Final = re.compile(
    r"\((?:eur|usd|gbp|chf|[€$£]|local currency)\)|\b(?:in )?(?:eur|usd|gbp|chf)\b|[€$£]",
    re.IGNORECASE,
)
_PART: Final = re.compile(
    r"\(?\b(organic|sponsored|paid|organisch|gesponsert|bezahlt)\b\)?", re.IGNORECASE
)
_WHOLE: Final = re.compile(r"\((?:total|gesamt|all|alle)\)", re.IGNORECASE)
_ADDED: Final = re.compile(
    r"\b(cumulative|cumulated|running|lifetime|kumuliert|kumulativ)\b", re.IGNORECASE
)
_SPEND: Final = re.compile(
    r"(?:ad[ _-]?)?(?:spend|cost|costs|kosten|ausgaben|werbeausgaben)[ _:-]+(?:on |for |für )?(.+)",
    re.IGNORECASE,
)
_SPEND_LAST: Final = re.compile(
    r"(.+?)[ _:-]+(?:ad[ _-]?)?(?:spend|cost|costs|kosten|ausgaben)", re.IGNORECASE
)

_GROUP: Final = re.compile(r"(channelgroup(ing)?|sourcemedium|utmsource|utmcampaign)$")

KEYS: Final = (*SERIES, "fans", "posts")


class Head:
    """What the head of a column says.

    Attributes
    ----------
    name
        The head as it stands in the file.
    key
        What the column holds: a series, ``fans``, ``posts``, ``spend_NAME``, ``date``, ``channel``;
        empty where nobody knows.
    rank
        Its place among the names that mean the same; the least is meant best.
    part
        Of what it is a part, in small letters (``organic``), or empty.
    added
        Whether the head says that it is a running total.
    """

    def __init__(self, name: str, *, site: bool) -> None:
        self.name = name
        part, self.added = _PART.search(name), _ADDED.search(name) is not None
        self.part = part[1].lower() if part else ""
        bare = name
        for cut in (_CURRENCY, _PART, _WHOLE, _ADDED):
            bare = cut.sub(" ", bare)
        self.key, self.rank = _key(bare.strip(" _-:"), site=site)


def _key(name: str, *, site: bool) -> tuple[str, int]:
    word = plain(name)
    for key, names in (("date", DATES), ("channel", CHANNELS), ("fans", FANS), ("posts", POSTS)):
        if word in names:
            return key, names.index(word)
    for key, known in SERIES.items():
        if word in known and not (site and key == "noticed" and "view" in word):
            return key, known.index(word)
    if word in SPENT:
        return f"spend_{WHOSE[word]}" if word in WHOSE else "spend", SPENT.index(word)
    found = _SPEND.fullmatch(name) or _SPEND_LAST.fullmatch(name)
    if found is not None and not re.match(r"(per|pro|je)?(_|$)", slug(found[1])):
        return f"spend_{slug(found[1])}", 0
    return ("channel", len(CHANNELS)) if _GROUP.search(word) else ("", 0)


def meant(key: str) -> str:
    """A key by any word for it that a tool has: its own name, if it is none.

    Examples
    --------
    >>> [meant(key) for key in ("impressions", "noticed", "fans", "spend_tv", "never")]
    ['noticed', 'noticed', 'fans', 'spend_tv', 'never']
    """
    return key if key in KEYS else next((k for k, known in SERIES.items() if key in known), key)


def slug(text: str) -> str:
    """A name as part of a key.

    Examples
    --------
    >>> slug("Meta Ads (DE)")
    'meta_ads_de'
    """
    return re.sub(r"\W+", "_", text.strip().casefold()).strip("_")


def head(name: str, every: list[str]) -> Head:
    """What a head says, beside the others of its table.

    Examples
    --------
    >>> [head(name, []).key for name in ("Link clicks", "Amount spent (EUR)", "Kosten Google")]
    ['clicks', 'spend_meta', 'spend_google']
    """
    return Head(name, site=bool({*map(plain, every)} & SITE))
