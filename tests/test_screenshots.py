"""The screenshots show what the app shows."""

import html
import importlib.util
import re
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "screenshots"
spec = importlib.util.spec_from_file_location("make_screenshots", FOLDER / "make.py")
assert spec is not None
assert spec.loader is not None
make = importlib.util.module_from_spec(spec)
sys.modules[spec.name] = make
spec.loader.exec_module(make)


def text(svg: str) -> list[str]:
    """The texts of an SVG, in order: what it shows, whatever the version that drew it."""
    found = re.findall(r"<text[^>]*>(.*?)</text>", svg, re.DOTALL)
    return [html.unescape(piece).replace("\xa0", " ").rstrip() for piece in found]


@pytest.mark.parametrize("screenshot", make.SCREENSHOTS, ids=lambda screenshot: screenshot.name)
async def test_a_screenshot_shows_what_the_app_shows(screenshot: object) -> None:
    kept = (FOLDER / f"{screenshot.name}.svg").read_text("utf-8")
    assert text(kept) == text(await make.taken(screenshot)), "make them anew: python screenshots/make.py"


def test_there_are_no_others() -> None:
    assert {path.stem for path in FOLDER.glob("*.svg")} == {screenshot.name for screenshot in make.SCREENSHOTS}


def test_they_fetch_nothing() -> None:
    assert not [path for path in FOLDER.glob("*.svg") if "url(http" in path.read_text("utf-8")]
