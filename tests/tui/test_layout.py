"""The whole screen as text, at every size."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.lesson import Lesson
from engine.session import Cursor, Session, ToggleDerivation, act, parse_cursor
from engine.trace import Trace
from lessons import and_trace, random_lessons, seeded
from tui.glyphs import ASCII_FORMS
from tui.layout import picture
from tui.view import Role

TRACE = and_trace()


def screen(at: str, size: tuple[int, int] = (80, 24), derivation: bool = False, ascii_only: bool = False) -> str:
    session = Session(TRACE, parse_cursor(at, TRACE))
    if derivation:
        session = act(session, ToggleDerivation())
    return picture(session, *size, ascii_only).text()


def line_with(text: str, *parts: str) -> str:
    (line,) = [line for line in text.split("\n") if all(part in line for part in parts)]
    return line


def numbers(line: str) -> list[str]:
    return re.findall(r"[\[−]*\d+\.?\d*\]?|·", line)


def test_1_38_shows_row_2s_third_factor_just_filled_in() -> None:
    text = screen("1:38")
    rows = text.split("\n")[12:16]
    assert numbers(rows[0]) == ["1", "1", "−0.14555", "0.20636", "−0.4", "1", "1", "0.01201"]
    assert numbers(rows[1]) == ["1", "0", "0.27492", "0.24752", "[−0.4]", "·", "·", "·"]
    assert rows[1].startswith("▸")
    assert numbers(rows[2]) == ["0", "1", *"······"]
    assert "Chain rule (1): ∂Loss/∂w13 = ∂Loss/∂A5·∂A5/∂Z5·∂Z5/∂A3·∂A3/∂Z3·∂Z3/∂w13" in text
    assert line_with(text, "∂Z5/∂A3 = w35 = −0.4")
    assert line_with(text, "handgrad", "epoch 1 · backward · (1) w13 · row 2/4 · 38/239")
    assert line_with(text, "→ step", "? keys", "q quit")


def test_4_29_shows_the_loss_and_four_right_answers() -> None:
    text = screen("4:29")
    assert text.split("\n")[2:7][0].startswith("  x1 x2")
    assert sum(line[:34].endswith("right") for line in text.split("\n")[3:7]) == 4
    assert line_with(text, "Loss = 1/4·Σ (y−A5)² =[0.20235]")
    assert "all 4 rows right" in text


def test_what_is_not_reached_is_not_0() -> None:
    row = line_with(screen("1:8"), "▸  1  0")
    assert numbers(row[:34]) == ["1", "0", "0", "·", "·"]


def test_a_gradient_summed() -> None:
    assert line_with(screen("1:54"), "Σ = ∂Loss/∂w13 =[−0.01520]")
    assert line_with(screen("1:53"), "Σ = ∂Loss/∂w13 =", "·").rstrip().endswith("·")


def test_reused_factors_are_marked_and_counted() -> None:
    text = screen("1:79")
    assert text.count("•") == 17  # 16 factors, and the sign's meaning
    assert "• reused: 16 of these 20 factors were found before, in earlier chains." in text
    assert "•" not in screen("1:54")


def test_the_update_shows_old_rate_gradient_and_new() -> None:
    text = screen("1:234")
    assert re.search(r"\(1\) w13 +0\.8 +− +0\.5·\(−0\.01520\) += +0\.80760", text)
    assert re.search(r"▸ +\(4\) w24 +0\.5 +− +0\.5· 0\.03742 += +\[0\.48129\]", text)
    assert re.search(r"\(5\) w14 +0\.7 +− +0\.5· 0\.03421 += +·", text)


def test_between_epochs_before_and_after() -> None:
    text = screen("4:0")
    assert "What the update of epoch 3 did" in text
    assert re.search(r"0  1 +0 +0\.52483 +0\.49694 +now right", text)
    assert "Loss  0.21640 → 0.20235  it fell." in text
    assert "All 4 rows are right." in text


def test_the_sigmoids_derivation_with_numbers() -> None:
    text = screen("1:38", derivation=True)
    assert "∂sig/∂u" in text
    row = line_with(text, "▸  1  0", "−0.30232")
    assert numbers(row)[-7:] == ["0.2", "−0.2", "1.81873", "−0.30232", "0.81873", "−1", "0.24752"]
    assert "sig′(x) = −1/u²·e^y·(−1) = e^(−x)/(1+e^(−x))² = sig(x)[1−sig(x)]" in text


def test_the_path_is_marked_in_the_network() -> None:
    lines = screen("1:38").split("\n")
    assert "x1═┬═ w13" in lines[2]
    assert "A3  0.9    ══ w35" in lines[3]
    assert "x2──┴ w24" in lines[7]


@pytest.mark.parametrize("at", ["1:0", "1:8", "1:29", "1:38", "1:54", "1:234", "2:0"])
@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40), (200, 60)])
def test_the_whole_screen_in_ascii(at: str, size: tuple[int, int]) -> None:
    text = screen(at, size, ascii_only=True)
    assert text.isascii()
    assert "?" not in text.replace("? keys", "").replace("= ?", "").replace("? for all keys", "")


def test_with_more_room_there_is_more() -> None:
    text = screen("4:60", (120, 40))
    for part in ("−0.1987281", "Forward pass, row 1 of 4", "Just before", "Loss, epoch by epoch", "0.2163964"):
        assert part in text


@pytest.mark.parametrize("size", [(79, 24), (80, 23), (40, 10), (20, 3), (1, 1)])
def test_where_there_is_too_little_room_it_says_what_it_needs(size: tuple[int, int]) -> None:
    text = screen("1:38", size)
    if size[0] >= 40:
        assert "handgrad needs 80×24" in text
        assert "∂Z5/∂A3 = w35 = −0.4" in text


def test_a_fresh_number_and_a_path_have_their_roles() -> None:
    canvas = picture(Session(TRACE, Cursor(1, 38)), 80, 24)
    assert "".join(c for c, role in canvas.row(13) if role is Role.FRESH) == "[−0.4]"
    path = "".join(c for c, role in canvas.row(2) if role is Role.PATH)
    assert path.replace(" ", "") == "x1═┬═w130.8┐Z3"


sizes = st.tuples(st.integers(1, 200), st.integers(1, 60))


@settings(max_examples=150, deadline=None)
@given(random_lessons(most_units=5, most_hidden=3, most_rows=6), sizes, st.data())
def test_any_lesson_at_any_size_and_place(lesson: Lesson, size: tuple[int, int], data: st.DataObject) -> None:
    trace = Trace(lesson)
    session = Session(trace, Cursor(data.draw(st.integers(1, 3)), data.draw(st.integers(0, trace.script.length))))
    canvas = picture(session, *size, ascii_only=data.draw(st.booleans()))
    assert all(len("".join(c for c, _ in canvas.row(y))) == size[0] for y in range(size[1]))


@pytest.mark.parametrize("step", [0, 1, 700, 10_000, 100_000, 130_000])
def test_a_network_too_large_to_draw(step: int) -> None:
    trace = Trace(seeded([20, 30, 30, 4], ["relu", "tanh", "sigmoid"], rows=12))
    text = picture(Session(trace, Cursor(1, min(step, trace.script.length))), 80, 24).text()
    assert re.search(r"Network, row \d+: unit \d+ of 20-30-30-4", text)
    assert "…" in text


def test_every_glyph_is_one_cell_and_has_an_ascii_form() -> None:
    for at in ("1:0", "1:29", "1:38", "1:79", "1:234", "4:0"):
        for character in set(screen(at, (120, 40))) | set(screen(at, derivation=at == "1:38")):
            assert character.isascii() or character in ASCII_FORMS
