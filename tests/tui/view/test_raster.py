"""Points finer than a cell, in the signs that there are."""

import pytest

from tui.view.canvas import Box, Canvas, CellStyle
from tui.view.glyphs import Spelling, ascii_form, console_form
from tui.view.raster import Raster


@pytest.mark.parametrize(("spelled", "size", "picture"), [
    (str, (20, 12), "⠡⡀       ⢸\n ⠈⠢⢄⡀    ⢸\n    ⠈⠉⠒⠤⢄⣸"),
    (console_form, (10, 6), "▀▄       █\n  ▀▄▄    █\n     ▀▀▄▄█"),
    (ascii_form, (10, 9), "'.       |\n  --.    |\n     ''-.|"),
])
def test_a_curve_in_every_grain(spelled: Spelling, size: tuple[int, int], picture: str) -> None:
    """And a column that goes beyond the box: what is outside is left out."""
    canvas = Canvas(12, 4, spelled)
    raster = Raster(canvas, Box(0, 0, 10, 3))
    assert (raster.width, raster.height) == size
    for x in range(raster.width + 5):
        raster.set(x, int(raster.height * (x / raster.width) ** .5))
    raster.set_column(raster.width - 1, -5, 99)
    raster.draw(CellStyle.VALUE)
    assert canvas.text() == picture + "\n"
