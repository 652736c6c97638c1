"""A gradient check on the screen, and in the worksheet: a line for each h, and what is to be seen."""

import re

import pytest

from engine.export.text_trace import write_markdown, write_text
from engine.lesson.lesson import load
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.walk.walk import Walk
from lessons import and_trace
from tui.view.glyphs import Spelling, ascii_form
from tui.view.layout import picture
from tui.view.page import Page
from tui.view.pages import page

B3 = """\
─ Gradient check of ∂Loss/∂b3 ──────────────────────────────────────────────────
 Without any chain rule: Loss is worked out anew with b3 = 0.1 a little larger,
 by h, and a little smaller. If ∂Loss/∂b3 = −0.04203 is right, the quotient
 (Loss at b3+h − Loss at b3−h) / 2h comes close to it.

  h     Loss at b3+h      Loss at b3−h      quotient       error    digits left
  1e−1  0.25367881932055  0.26208211256103  −0.0420164662  2.6e−4   14 corner
  1e−2  0.25739431850445  0.25823486315766  −0.0420272327  2.6e−6   13
  1e−3  0.25777190461064  0.25785595929134  −0.0420273403  2.6e−8   12
  1e−4  0.25780972262803  0.25781812809632  −0.0420273414  2.5e−10  11
▸ 1e−5  0.25781350502287  0.25781434556970  −0.0420273414  4.6e−12  10
  1e−6  0.25781388326828  0.25781396732297  −0.0420273415  7.2e−10   9
  1e−7  0.25781392109289  0.25781392949835  −0.0420273416  4.0e−9    8
  1e−8  0.25781392487535  0.25781392571589  −0.0420273399  3.6e−8    7
  1e−9  0.25781392525359  0.25781392533765  −0.0420273261  3.7e−7    6

 Best is h = 1e−5: quotient and gradient agree to 10 digits, so it is right.
 A corner at h = 1e−1: in between Z3 (row 4) passes 0, where ReLU has its
 corner. The quotient mixes both sides of it.
 Not larger: the curve bends in between. The error falls as h²: a tenth of h, a
 hundredth of the error.
 Not smaller: at h = 1e−9 all but 6 of some 16 digits cancel: error 3.7e−7."""

MARKDOWN = """
| h | Loss at b3+h | Loss at b3−h | quotient | error | digits left |
| --- | --- | --- | --- | --- | --- |
| 1e−1 | 0.25367881932055 | 0.26208211256103 | −0.0420164662 | 2.6e−4 | 14 corner |
"""


def b3(spelled: Spelling = str) -> Page:
    return page("check", Walk(and_trace(), Cursor(1, 104)), spelled)


def rounded(text: str) -> str:
    """Without what is rounding alone: other processors may have other digits there."""
    lines = [line[:52] if line[2:6] in ("1e−5", "1e−6", "1e−7", "1e−8", "1e−9") else line for line in text.split("\n")]
    return re.sub(r"to \d+ digits|is \d\.\de−\d", "", "\n".join(lines))


def test_a_check_fits_the_smallest_whole_screen() -> None:
    shown = b3().picture(80, 24, 0).text()
    assert rounded(shown) == rounded(B3) + "\n\n Esc back"


@pytest.mark.parametrize("size", [(120, 40), (79, 10), (60, 19), (40, 12), (20, 4)])
@pytest.mark.parametrize("spelled", [str, ascii_form])
def test_nothing_of_it_is_cut_where_there_is_less_room(size: tuple[int, int], spelled: Spelling) -> None:
    shown, (width, _) = b3(spelled), size
    pieces = [piece for k in range(1, len(shown.lines(width))) for piece in shown.lines(width)[k]]
    assert all(x + len(spelled(text)) <= width for x, text, _ in pieces)
    text = "".join(spelled("".join(text for _, text, _ in pieces)).split())
    for number in ("0.25367881932055", "0.26208211256103", "−0.0420164662", "2.6e−4", "corner", "3.7e−7."):
        assert spelled(number) in text


def test_a_worksheet_has_it_behind_each_gradient_if_that_is_asked_for() -> None:
    text, markdown = ("".join(write(and_trace(), 1, with_checks=True)) for write in (write_text, write_markdown))
    assert "".join(write_text(and_trace(), 1)).count("\n  1e−1") == 0
    assert text.count("\n  1e−1") == text.count("so it is right.") == markdown.count("\n| 1e−1 |") == 9
    table = B3.split("\n")[5:10]
    assert "\n".join(table) in text
    assert max(map(len, text.split("\n"))) <= 80
    assert MARKDOWN in markdown


def test_what_a_sheet_has_stands_beside_the_gradient_but_not_while_that_is_asked_for() -> None:
    trace = Trace(load("gradient-check"))
    at = trace.script.batches[0].gradient_index(2)
    assert "The sheet has 0.0261. Row 3 was forgotten: " in picture(Walk(trace, Cursor(1, at + 1)), 80, 24).text()
    asked = picture(Walk(trace, Cursor(1, at), mode="practise all"), 80, 24).text()
    assert "The sheet" not in asked
    assert "Your turn" in asked
    said = "The sheet, epoch 1: ∂Loss/∂w13 = 0.0261, ∂Loss/∂w23 = 0.0169, "
    assert said in page("words", Walk(trace), str).picture(80, 24, 0).text()
    found = page("words", Walk(trace, Cursor(1, at), mode="practise all"), str).picture(80, 24, 0).text()
    assert f"{said}∂Loss/∂b3,\n ∂Loss/∂w34, ∂Loss/∂b4 once you have worked that out." in found
    assert "    (The sheet has 0.0261. Row 3 was forgotten: " in "".join(write_text(trace, 1))
