"""A page: its links lead to one place each."""

from __future__ import annotations

from wordofmouth.experiments.show.document import Document, Section, Words
from wordofmouth.experiments.show.page import html

from ..pages import check


def test_links_lead_to_one_place_each() -> None:
    titles = ["日本", "Über: A", "Über: a", "?", "!", "section-2"]
    sections = [Section(title, [Words("So it is.")]) for title in titles]
    read = check(html(Document("run", "t", "s.", sections)))
    assert len(set(read.links)) == len(titles)
    assert all(len(link) > 1 for link in read.links)
    assert [title for level, title in read.headings if level == "h2"] == titles
