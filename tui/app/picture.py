"""The screen as a picture in SVG: of an app that runs, or of one that runs without a terminal for its picture alone."""

import os
import re
from collections.abc import Iterable
from itertools import count, islice

from textual.app import App

from engine.text.printable import printable
from engine.text.system_error import reason_of
from engine.text.whole_file import create_file

FONTS = re.compile(r"@font-face \{.*?\}", re.DOTALL)  # which would be fetched; without, the reader's own are taken
LIGHT_FRAME = {  # around a light theme; always dark as Textual draws it
    '<rect fill="#292929" stroke="rgba(255,255,255,0.35)"': '<rect fill="#e0e0e0" stroke="rgba(0,0,0,0.35)"',
    'fill="#c5c8c6" text-anchor="middle"': 'fill="#1f1f1f" text-anchor="middle"'}
TITLE = "A screen of handgrad"
TEMPORARY = ".handgrad-"  # how the name of a file begins while it is written
MOST_PICTURES = 1000  # of one place
LONGEST_FOLDER = 200
SECONDS_BETWEEN_LOOKS = 0.02


async def take_picture(app: App[None], size: tuple[int, int], keys: Iterable[str] = ()) -> str:
    """What an app shows on a terminal of a size, once these keys were pressed, and each was done with what it began;
    nothing where they ended it.
    """
    async with app.run_test(size=size) as pilot:
        for key in keys:
            await pilot.press(key)
            while any(worker.is_running for worker in app.workers):
                await pilot.pause(SECONDS_BETWEEN_LOOKS)
        await pilot.pause()
        return draw_screen(app) if app.return_code is None else ""


def draw_screen(app: App[None]) -> str:
    """What stands on the screen now."""
    svg = FONTS.sub("", app.export_screenshot(title="handgrad"))
    if not app.current_theme.dark:
        for dark, light in LIGHT_FRAME.items():
            svg = svg.replace(dark, light, 1)
    return svg.replace("<svg ", '<svg role="img" ', 1).replace(">", f">\n    <title>{TITLE}</title>", 1)


def save_picture(svg: str, name: str) -> str:
    """Write a picture into the current folder as `name.svg`, or `name-2.svg` where that is there already; returns what
    is to be said.
    """
    try:
        for file in islice(_names(name), MOST_PICTURES):
            if not os.path.lexists(file):
                create_file(file, svg, TEMPORARY)
                return f"saved as {file} in {printable(os.getcwd(), LONGEST_FOLDER)}"
    except OSError as error:
        return f"no picture can be saved in this folder: {reason_of(error).lower()}"
    return f"no picture is saved: there are {MOST_PICTURES} of this place in this folder"


def _names(name: str) -> Iterable[str]:
    yield f"{name}.svg"
    yield from (f"{name}-{number}.svg" for number in count(2))
