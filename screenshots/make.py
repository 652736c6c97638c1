"""Make the screenshots from the real app: `python screenshots/make.py`.

Each is the screen of a lesson, mostly AND, at a place, as Textual draws it, written as SVG beside this file. A test
compares their text with what the app shows.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from engine.lesson.lesson import load
from engine.trace.trace import Trace
from engine.walk.movement import parse_cursor
from engine.walk.walk import Walk
from tui.app.app import HandgradApp
from tui.app.picture import take_picture

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Screenshot:
    """A file's name, the place, the keys pressed there, the size of the terminal, the lesson."""

    name: str
    at: str
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = (80, 24)
    lesson: str = "and-gate"


SCREENSHOTS = (
    Screenshot("start", "1:0"),
    Screenshot("forward", "1:12"),
    Screenshot("chain", "1:38"),
    Screenshot("reused", "1:76"),
    Screenshot("gradient", "1:54"),
    Screenshot("sigmoid", "1:37", ("d",)),
    Screenshot("practise", "1:30", ("p", *"0.29111", "enter")),
    Screenshot("by-hand", "1:29", ("p", "tab", *"-.1456⏎.29111⏎-.4⏎1⏎1⏎.0169⏎".replace("⏎", "\n"))),
    Screenshot("menu", "1:0", ("m", "down", "down", "down", "down", "down")),
    Screenshot("delta", "1:38", ("v", "pageup", "pageup", "down", "right", "right")),
    Screenshot("what-if", "2:38", ("w", *"w13=2", "enter")),
    Screenshot("find", "1:38", ("f", "right", "right", "right", "enter")),
    Screenshot("update", "1:234"),
    Screenshot("epoch-summary", "4:0"),
    Screenshot("wide", "4:38", size=(120, 40)),
    Screenshot("compact", "1:38", size=(60, 20)),
    Screenshot("skills", "1:0", ("p", *"0.3⏎0.3⏎0.9⏎0.9⏎0.89⏎0.709⏎".replace("⏎", "\n"), "escape", "s")),
    Screenshot("mix-ups", "1:29", ("p", *"0.14555⏎-.14555⏎0.29111⏎".replace("⏎", "\n"), "escape", "M")),
    Screenshot("keys", "1:38", ("question_mark",)),
    Screenshot("training", "4:38", ("b",)),
    Screenshot("map", "300:38", ("b",), lesson="xor-gate"),
    Screenshot("rates", "4:38", ("b", "r")),
    Screenshot("beside", "4:38", ("b", "enter", "n"), size=(120, 40)),
    Screenshot("rows", "1:76", ("R",)),
    Screenshot("check", "1:54", ("G",)),
    Screenshot("graph", "1:6", lesson="chain-rule"),
    Screenshot("optimizer", "2:28", lesson="adam"),
)


async def taken(screenshot: Screenshot) -> str:
    """The screenshot as SVG."""
    trace = Trace(load(screenshot.lesson))
    app = HandgradApp(Walk(trace, parse_cursor(screenshot.at), screenshot.lesson))
    return await take_picture(app, screenshot.size, ("enter" if key == "\n" else key for key in screenshot.keys))


def main() -> None:
    """Write them all."""
    for screenshot in SCREENSHOTS:
        (FOLDER / f"{screenshot.name}.svg").write_text(asyncio.run(taken(screenshot)), "utf-8")


if __name__ == "__main__":
    main()
