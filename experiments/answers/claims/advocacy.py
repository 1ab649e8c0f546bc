"""What "Social Media Advocacy Model" (002) claims."""

from __future__ import annotations

from typing import Final

from .claim import Statement, Text
from .sharing import SMALL

# Two fifths of the scenario's town, so two fifths of its letters and of its answers.
SCALED: Final = (SMALL, "advocacy.outreach=9", "advocacy.sample=80")


def path(*without: str) -> tuple[str, ...]:
    """The programme in a small town, but for what is said."""
    named = {each.partition("=")[0] for each in without}
    return (*(each for each in SCALED if each.partition("=")[0] not in named), *without)


def step(
    says: str, name: str, without: str, having: str, size: float | None = None, note: str = ""
) -> Statement:
    """A step of the path, skipped and taken."""
    return Statement(
        says, "advocacy_programme", (f"advocacy.{name}={having}",), "advocates", 1,
        path(f"advocacy.{name}={without}"), size, note=note, worlds=12,
    )  # fmt: skip


TEXT: Final = Text(
    "002",
    "Social Media Advocacy Model",
    (
        step("Step 1, listen and learn, brings advocates.", "sample", "0", "80", size=1.45),
        step("Step 2, publish and take part in place of broadcasting.", "dialogue", "0", "0.8",
             size=2.04, note="That four posts in five are dialogue is assumed; the calendar alone, "
             "with no `advocacy.dialogue`, lies between."),
        step("Step 3, identify those who are most active.", "identify", "false", "true", size=1.2,
             note="With letters for nearly every follower, 22 a week here, it costs advocates: who "
             "was never seen to do anything is then not written to."),
        step("Step 4, activate: approach them, and do not wait.", "outreach", "0", "9"),
        step("Step 5, nurture what was begun, by rewards and events.", "nurture", "0", "0.25"),
        step("Step 6, empower them to speak.", "empower", "false", "true"),
        Statement(
            "Likes for their own sake lead nowhere: six times as many make no advocate.",
            "advocacy_programme", ("interact.like=0.3",), "advocates", 0, path(), worlds=12,
        ),
        Statement(
            "Advocates speak for the brand, and are heard.",
            "advocacy_programme", ("advocacy.post=0.5",), "impressions", 1,
            path("advocacy.post=0"), size=1.14, worlds=12,
        ),
        Statement(
            "What advocates say sells.",
            "advocacy_programme", ("advocacy.post=0.5",), "conversions", 1,
            path("advocacy.post=0"), size=1.15, worlds=32,
        ),
        Statement(
            "Departments that keep to themselves are a hurdle.",
            "advocacy_programme", ("hurdles.silo=0.7",), "advocates", -1, path(),
            size=0.3, worlds=12,
        ),
        Statement(
            "Information that is held back is a hurdle.",
            "advocacy_programme", ("hurdles.delay=672",), "advocates", -1, path(),
            size=0.71, worlds=12,
        ),
        Statement(
            "Vested interests inside the company stand in the way.",
            "advocacy_programme", ("hurdles.vested=0.3",), "advocates", -1, path(), size=0.62,
            worlds=12,
            note="By `hurdles.vested`: a third of the time and the money is spent on other ends.",
        ),
        Statement(
            "The need to show results soon stands in the way: nurturing gives way to selling, and "
            "what it would have brought is missing in the end.",
            "advocacy_programme", ("hurdles.short_term=0.8",), "advocates", -1,
            path("hurdles.target=5"), worlds=12,
            note="By `hurdles.short_term`: in a week after one of fewer than five orders "
            "four fifths of the nurturing become selling. Both numbers are assumed.",
        ),
        Statement(
            "The need to show results soon is met: in the first five weeks more is sold by it.",
            "advocacy_programme", ("hurdles.short_term=0.8",), "conversions", 1,
            path("hurdles.target=5", "horizon=140"), size=1.066, worlds=48,
            note="As above, by `effort.elasticity`: selling gets no more than nurturing had.",
        ),
    ),
)  # fmt: skip
