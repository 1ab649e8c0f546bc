"""A click on a person of the live page, or their number, tells their history."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .browsing import CHANGE, Opened

pytestmark = pytest.mark.slow


def test_an_answer_about_a_person_goes_with_its_number(opened: Opened) -> None:
    opened.run_to_the_end()
    opened.page.fill("#person", "5")
    opened.get("window.before = live.campaigns")
    assert opened.page.locator("#hint").is_visible()
    opened.page.click("#ask button[type=submit]")
    opened.until("document.querySelector('#history h3') !== null")
    opened.until("document.querySelector('#asking').textContent === ''")
    opened.page.check("#both")
    opened.restarted()
    assert opened.page.input_value("#person") == ""
    assert opened.page.inner_text("#history") == ""
    assert opened.page.locator("#hint").is_visible()
    opened.fill("share.base.stranger", str(CHANGE))
    opened.restarted()
    assert not opened.page.locator("#hint").is_visible()


def test_of_whom_nothing_reached_it_is_told_whom_they_hear(opened: Opened) -> None:
    opened.run_to_the_end()
    opened.get("live.clock.play(false); live.clock.seek(1)")
    person = opened.get(
        """(() => {
          const [campaign] = live.campaigns;
          return campaign.times[0].findIndex((when) => when > 1);
        })()"""
    )
    opened.get(
        """(() => {
          const [place, heard] = [document.querySelector("#asking"), (window.heard = [])];
          const hear = () => heard.push(place.textContent);
          new MutationObserver(hear).observe(place, { childList: true });
        })()"""
    )
    opened.page.fill("#person", str(person))
    opened.page.press("#person", "Enter")
    opened.until("document.querySelector('#history h3') !== null")
    opened.until("window.heard.length === 2")
    assert opened.get("window.heard") == [f"asking person {person} …", ""]
    told = opened.page.inner_text("#history")
    assert "Nothing of the campaign has reached them yet. They hear " in told
    assert "nothing has reached them yet" in opened.page.inner_text("#view-a .card")


def test_a_click_in_the_picture_brings_the_answer_into_view(opened: Opened) -> None:
    opened.page.set_viewport_size({"width": 1440, "height": 700})
    opened.run_to_the_end()
    opened.until("live.skies[0].to === null && live.skies[0].ties.length > 0")
    opened.get("scrollTo(0, 0)")
    spot = opened.get(
        """(() => {
          const [sky] = live.skies;
          const box = sky.canvas.getBoundingClientRect();
          for (let x = 200; x < box.width; x += 5) for (let y = 100; y < box.height - 100; y += 5)
            if (sky.near(x, y, live.clock.now) >= 0) return [box.left + x, box.top + y];
        })()"""
    )
    opened.page.mouse.click(*spot)
    opened.until(
        """(() => {
          const title = document.querySelector("#history h3");
          return title !== null && title.getBoundingClientRect().bottom < innerHeight;
        })()"""
    )
    assert opened.get("scrollY") > 0
    assert opened.get("document.activeElement.closest('#history')") is None


def test_a_click_on_a_person_tells_their_history(opened: Opened, shots: Path) -> None:
    opened.run_to_the_end()
    opened.until("live.skies[0].to === null && live.skies[0].ties.length > 0")
    opened.until("live.skies[0].drawnClock === live.clock.now")
    # Where somebody stands who had it from a person and passed it on.
    spot = opened.get(
        """(() => {
          const [sky, campaign] = [live.skies[0], live.campaigns[0]];
          const box = sky.canvas.getBoundingClientRect();
          for (const person of campaign.sharers) {
            if (campaign.firstFrom[person] < 0) continue;
            for (let x = 4; x < box.width; x += 4) for (let y = 4; y < box.height; y += 4)
              if (sky.near(x, y, live.clock.now) === person)
                return [box.left + x, box.top + y, person];
          }
        })()"""
    )
    assert spot is not None
    opened.page.mouse.click(spot[0], spot[1])
    opened.until("document.querySelector('#history h3') !== null")
    assert opened.page.inner_text("#history h3").startswith(f"Person {spot[2]}")
    history = opened.page.inner_text("#history")
    assert "Passed it on" in history
    assert "the chance was" in history
    opened.page.screenshot(path=shots / "live_person.png", full_page=True)
    # The sender is a link to the sender.
    link = opened.page.locator("#history button.link").first
    sender = link.inner_text().split()[-1]
    link.click()
    opened.until(
        f"document.querySelector('#history h3').textContent.startsWith('Person {sender},')"
    )
    # Where the link led to one goes on reading: the focus is not lost.
    assert opened.get("document.activeElement.matches('#history h3')")
    # By the keyboard: those who passed it on, one after the other.
    opened.get("document.activeElement.blur()")
    opened.page.keyboard.press("n")
    sharer = opened.get("live.campaigns[0].sharers")
    opened.until(
        f"{json.dumps(sharer)}.some((k) => "
        "document.querySelector('#history h3').textContent.startsWith(`Person ${k},`))"
    )
