"""A number without room has fewer digits, or is left out: it is never cut, so that it looks like another one."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.lesson.lesson import load, parse
from engine.text.notation import ALL_DIGITS, number
from engine.trace.chain import Form
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.walk.actions import SetMode, Type
from engine.walk.movement import parse_cursor
from engine.walk.transition import act
from engine.walk.walk import Walk
from lessons import toml
from tui.view.canvas import Canvas
from tui.view.glyphs import ascii_form
from tui.view.layout import Status, picture

NUMBER = re.compile(r"(?<![\w.′])−?\d+(?:\.\d+)?(?:e−?\d+)?(?![\w.])")
TINY = [[1e-8, 2e-8, 1], [-3e-8, 1e-9, 0]]
LARGE = [[12345.678, -54321.5, 1.0], [0.000123, 99999.75, 0.0]]
EXTREME = {  # by name: sizes, activations, loss, rows, parameters, learning rate
    "tiny weights": ([2, 2, 1], ["relu", "sigmoid"], "mse", TINY, 1e-8, 1e-6),
    "large weights": ([2, 2, 1], ["relu", "linear"], "mse", LARGE, 1e8, 1e-6),
    "saturated": ([2, 2, 1], ["sigmoid", "sigmoid"], "bce", [[30.5, -28.25, 0], [-31.75, 29, 1]], 1.0, 1.0),
    "two outputs": ([2, 2, 2], ["tanh", "linear"], "mse", [[*row, 12345.678] for row in LARGE], 3e-7, 1e-6),
    "deeper": ([2, 2, 2, 1], ["sigmoid", "tanh", "sigmoid"], "half_mse", LARGE, 1e-3, 1e-6),
    "many inputs": ([4, 1], ["softplus"], "sse", [[12345.678, -1e-9, 123456.7, 1e8, 5e-5]], 1e-4, 1e-6),
}


def extreme(name: str, form: Form) -> Trace:
    sizes, activations, loss, rows, scale, rate = EXTREME[name]
    trace = Trace(parse(toml(sizes, activations, loss, rows, 7, rate), "x.toml"), form)
    values = {p: value * scale for p, value in trace.lesson.start.items()}
    return Trace(parse(toml(sizes, activations, loss, rows, values, rate), "x.toml"), form)


def numbers(text: str) -> set[str]:
    return {number for number in NUMBER.findall(text) if len(number) > 1}  # a single figure may be a row's or a unit's


def read(written: str) -> float:
    return float(written.replace("−", "-"))


def unit(written: str) -> float:
    """What a number's last digit is worth."""
    mantissa, _, exponent = written.replace("−", "-").partition("e")
    return 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))


def is_one_of(written: str, whole: set[str]) -> bool:
    """Whether a number is one of some others, rounded at most."""
    value = read(written)
    return any(abs(value - read(other)) <= unit(written) / 2 + 1e-12 * abs(value) for other in whole)


def strange_numbers(trace: Trace, size: tuple[int, int], steps: range) -> Iterator[str]:
    """Numbers of a screen that don't stand on one with room for everything."""
    for step in steps:
        walk = Walk(trace, Cursor(2, step))
        narrow = picture(walk, *size).text()
        wide = picture(walk, 600, size[1], status=Status(digits=ALL_DIGITS)).text()
        whole = numbers(wide)
        yield from (f"{number} at {walk.cursor}" for number in numbers(narrow) - whole if not is_one_of(number, whole))


@pytest.mark.parametrize("size", [(80, 24), (90, 40)])
@pytest.mark.parametrize("form", ["paths", "delta"])
@pytest.mark.parametrize("name", EXTREME)
def test_every_number_of_a_screen_is_a_whole_one(name: str, form: Form, size: tuple[int, int]) -> None:
    trace = extreme(name, form)
    assert list(strange_numbers(trace, size, range(0, trace.script.length + 1, 7))) == []


@pytest.mark.parametrize(("at", "typed", "shown"), [
    ("1:29", "", "[?]"), ("1:29", "-0.14555", "[-0.14555]"), ("1:29", "-(1-A5)/2", "[…]"),
    ("1:5", "0.70889", "[0.70889]"), ("1:6", "0.084743", "[…]"), ("1:6", "0.08474", "[0.08474]")])
def test_what_is_typed_stands_in_its_place_whole_or_not_at_all(at: str, typed: str, shown: str) -> None:
    asked = act(Walk(Trace(load("and-gate")), parse_cursor(at)), SetMode("practise"))
    assert shown in picture(act(asked, Type(typed)), 80, 24).text()


values = st.floats(allow_nan=False, allow_infinity=False).map(lambda value: number(value, 5))
texts = st.lists(st.tuples(values, st.sampled_from("·+−/ ()=^")), min_size=1, max_size=12).map(
    lambda pairs: "".join(f"{value}{sign}" for value, sign in pairs))


@given(texts, st.integers(0, 60))
def test_what_is_left_out_of_a_text_ends_before_a_number(text: str, width: int) -> None:
    canvas = Canvas(80, 1)
    for cut in (canvas.shorten(text, width), canvas.cut(text, width)):
        assert len(cut) <= width
        assert set(re.findall(r"[\d.e]+(?:(?<=e)−\d+)?", cut)) <= set(re.findall(r"[\d.e]+(?:(?<=e)−\d+)?", text))


def test_in_ascii_what_is_not_reached_is_told_from_what_is_left_out() -> None:
    """A table's cell has room for one character of a `...`."""
    assert ascii_form("·") != ascii_form("…")[0]
    text = picture(Walk(Trace(load("and-gate")), parse_cursor("1:4")), 80, 24, ascii_form).text()
    assert "Loss=1/4*Sum(y-A5)^2 = _" in text


@pytest.mark.parametrize("width", range(21, 44))
def test_no_operator_is_lost_where_a_formula_is_cut(width: int) -> None:
    """Each term that is left has one towards the cut."""
    shown = Canvas(80, 1, ascii_form).shorten("Z5 = −0.86936·0.54120 + 0.51·0.3 + 0.29251", width)
    assert len(shown) <= width
    left, dots, right = shown.partition("...")
    assert not dots or (re.search(r"[*=+-] ?$", left) and re.match(r" ?[*+-]", right))


def test_in_ascii_cut_columns_and_rows_have_a_sign_that_is_seen() -> None:
    lines = picture(Walk(Trace(load("two-outputs")), Cursor(1, 40)), 80, 24, ascii_form).text().split("\n")
    assert "product > Sum paths" in lines[10]
    listed = picture(Walk(Trace(load("deeper")), Cursor(1, 40)), 80, 24, ascii_form).text()
    assert "|: (4) " in listed
