"""How far a learner is in each lesson, when it was last saved, and the mistakes made in it: for people, and as JSON."""

import textwrap
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from engine.course.standing import Standing
from engine.learner.progress_file import Kept
from engine.text.printable import printable
from tui.view.mix_up_report import ideas_of

WIDTH, TITLE_WIDTH = 79, 30
BILLION = 10**9
HEAD = f"{'lesson':<{TITLE_WIDTH}} {'how far':<14} {'at':<7} {'last saved':<16} {'mistakes':>8}"


def table(standings: Sequence[Standing]) -> Iterator[str]:
    """A line for each lesson, under HEAD; behind it its mistakes, those made most first, each with what to look at
    again, where that is known.
    """
    for standing in standings:
        place = standing.kept.bookmark
        count = sum(place.mistakes.values())
        yield (f"{printable(standing.title, TITLE_WIDTH):<{TITLE_WIDTH}} {standing.how_far:<14} {place.cursor!s:<7} "
               f"{_date(standing.kept.saved):<16} {count or '':>8}").rstrip()
        for name, times in sorted(place.mistakes.items(), key=lambda each: (-each[1], each[0])):
            ideas = ideas_of(name, place.last_made.get(name))
            text = f"{times} × {name}" + (f": {ideas[0]}" if len(ideas) == 1 else "")
            yield textwrap.fill(text, WIDTH, initial_indent="    ", subsequent_indent="      ")


def attempts_in_words(kept: Kept) -> str:
    """What the learner had been asked when a file was saved, all skills together; nothing where that was nothing. It is
    of them, not of the file's lesson: each file has what they knew by then.
    """
    skills = kept.knowledge.skills.values()
    attempts, right = sum(skill.attempts for skill in skills), sum(skill.right for skill in skills)
    return f"    first attempts right, in all lessons until then: {right} of {attempts}" if attempts else ""


def as_data(standing: Standing) -> dict[str, Any]:
    """For JSON."""
    place, saved = standing.kept.bookmark, _moment(standing.kept.saved)
    return {"lesson": place.key, "title": standing.title, "epoch": place.cursor.epoch, "step": place.cursor.step,
            "furthest": place.furthest, "goal": standing.goal_epoch, "share": standing.share,
            "saved": saved and saved.isoformat(timespec="seconds"), "mistakes": dict(place.mistakes)}


def _date(saved: int) -> str:
    moment = _moment(saved)
    return moment.astimezone().strftime("%Y-%m-%d %H:%M") if moment else ""


def _moment(saved: int) -> datetime | None:
    """None of what was saved nobody knows when."""
    return datetime.fromtimestamp(saved // BILLION, UTC) if saved > 0 else None
