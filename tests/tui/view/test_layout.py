"""The whole screen as text, at every size."""

import re
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from engine.lesson.lesson import Lesson, parse
from engine.text.notation import number
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.walk.actions import Do
from engine.walk.movement import parse_cursor
from engine.walk.transition import act
from engine.walk.walk import Walk
from lessons import and_trace, random_lessons, seeded, toml
from tui.view.canvas import Canvas, CellStyle, wrap
from tui.view.glyphs import ASCII_FORMS, Spelling, ascii_form, console_form
from tui.view.layout import picture

TRACE = and_trace()


def screen(at: str, size: tuple[int, int] = (80, 24), derivation: bool = False, spelled: Spelling = str) -> str:
    session = Walk(TRACE, parse_cursor(at))
    if derivation:
        session = act(session, Do.TOGGLE_DERIVATION)
    return picture(session, *size, spelled).text()


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
    assert text.split("\n")[2:7][0].startswith(" x1 x2")
    assert sum(line[:33].endswith("right ") for line in text.split("\n")[3:7]) == 4
    assert line_with(text, "Loss = 1/4·Σ (y−A5)² =[0.20235]")
    assert "all 4 rows right" in text


def test_what_is_not_reached_is_not_0() -> None:
    row = line_with(screen("1:8"), "▸ 1  0")
    assert numbers(row[:34]) == ["1", "0", "0", "·", "·"]


def test_a_gradient_summed() -> None:
    assert line_with(screen("1:54"), "Σ = ∂Loss/∂w13 ≈[−0.01520]")
    assert line_with(screen("1:53"), "Σ = ∂Loss/∂w13 =", "·").rstrip().endswith("·")


def test_reused_factors_are_marked_and_counted() -> None:
    text = screen("1:79")
    assert text.count("•") == 17  # 16 factors, and the sign's meaning
    assert "• 16 of 20 factors found before" in text
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
    assert "Loss  0.21640 → 0.20235  it fell" in text
    assert "All 4 rows are right." in text


def test_the_sigmoids_derivation_with_numbers() -> None:
    text = screen("1:38", derivation=True)
    assert "∂sig/∂u" in text
    row = line_with(text, "▸  1  0", "−0.30232")
    assert numbers(row)[-7:] == ["0.2", "−0.2", "1.81873", "−0.30232", "0.81873", "−1", "0.24752"]
    assert "−1        ≈0.20636" in line_with(text, "−0.50253")  # −0.50253·0.41066·(−1) is 0.20637
    assert "sig′(x) = −1/u²·e^y·(−1) = e^(−x)/(1+e^(−x))² = sig(x)[1−sig(x)]" in text


@pytest.mark.parametrize("at", ["1:0", "1:8", "1:29", "1:38", "1:54", "1:234", "2:0"])
@pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 40), (200, 60)])
def test_the_whole_screen_in_ascii(at: str, size: tuple[int, int]) -> None:
    text = screen(at, size, spelled=ascii_form)
    assert text.isascii()
    assert "?" not in text.replace("? keys", "").replace("= ?", "").replace("? for all keys", "")


def test_with_more_room_there_is_more() -> None:
    text = screen("4:60", (120, 40))
    for part in ("−0.1987281", "Forward pass, every row", "Just before", "Loss, epoch by epoch", "0.2163964"):
        assert part in text


@pytest.mark.parametrize("size", [(59, 24), (80, 18), (40, 10), (20, 3), (1, 1)])
def test_where_there_is_too_little_room_it_says_what_it_needs(size: tuple[int, int]) -> None:
    text = screen("1:38", size)
    if size[0] >= 40:
        assert "handgrad needs 60×20" in text
        assert "∂Z5/∂A3 = w35 = −0.4" in text


def test_a_fresh_number_stands_out() -> None:
    canvas = picture(Walk(TRACE, Cursor(1, 38)), 80, 24)
    assert "".join(c for c, style in canvas.row(13) if style is CellStyle.FRESH) == "[−0.4]"


sizes = st.tuples(st.integers(1, 200), st.integers(1, 60))


@settings(max_examples=150, deadline=None)
@given(random_lessons(most_units=5, most_hidden=3, most_rows=6), sizes, st.data())
def test_any_lesson_at_any_size_and_place(lesson: Lesson, size: tuple[int, int], data: st.DataObject) -> None:
    trace = Trace(lesson)
    session = Walk(trace, Cursor(data.draw(st.integers(1, 3)), data.draw(st.integers(0, trace.script.length))))
    canvas = picture(session, *size, data.draw(st.sampled_from((str, console_form, ascii_form))))
    assert all(len("".join(c for c, _ in canvas.row(y))) == size[0] for y in range(size[1]))


@pytest.mark.parametrize("step", [0, 1, 700, 10_000, 100_000, 130_000])
def test_a_network_too_large_to_draw(step: int) -> None:
    trace = Trace(seeded([20, 30, 30, 4], ["relu", "tanh", "sigmoid"], rows=12))
    text = picture(Walk(trace, Cursor(1, min(step, trace.script.length))), 80, 24).text()
    assert re.search(r"Network, row \d+: unit \d+ of 20-30-30-4", text)
    assert "…" in text


EVERY_CONSOLE_HAS = set("→←↑↓•×−≠…")  # though Python knows no bytes for them in code page 437


def test_every_glyph_is_one_cell_and_has_an_ascii_form() -> None:
    for at in ("1:0", "1:29", "1:38", "1:79", "1:234", "4:0"):
        for character in (set(screen(at, (120, 40))) | set(screen(at, derivation=at == "1:38"))) - {"\n"}:
            assert cell_len(character) == 1
            assert character.isascii() or character in ASCII_FORMS
            assert console_form(character) in EVERY_CONSOLE_HAS or console_form(character).encode("cp437")


def shown(lesson: Lesson, at: str, size: tuple[int, int] = (80, 24)) -> str:
    trace = Trace(lesson)
    return picture(Walk(trace, parse_cursor(at)), *size).text()


TWO_OUTPUTS = seeded([2, 2, 2], ["tanh", "sigmoid"], rows=4)


def test_two_outputs_two_paths() -> None:
    """Row 1 by path 2, then the sum of both; every number against the trace."""
    trace = Trace(TWO_OUTPUTS)
    script = trace.script
    index = script.chain_index(0, 0, 1, 2)
    text = shown(TWO_OUTPUTS, f"1:{index + 1}", (120, 40))
    assert "Chain rule (1): ∂Loss/∂w13, path 2 of 2 = ∂Loss/∂A6·∂A6/∂Z6·∂Z6/∂A3·∂A3/∂Z3·∂Z3/∂w13" in text
    assert f"[{number(trace.entry(1, index).value, 7)}]" in text
    assert line_with(text, "∂Loss/∂A6", "∂A6/∂Z6", "∂Z6/∂A3", "∂A3/∂Z3", "∂Z3/∂w13", "product", "Σ paths")
    total = script.chain_index(0, 0, -1, None)
    text = shown(TWO_OUTPUTS, f"1:{total + 1}", (120, 40))
    assert f"[{number(trace.entry(1, total).value, 7)}]" in text
    assert "sum of paths = path 1 + path 2 = " in text


def test_two_outputs_before_and_after() -> None:
    trace = Trace(TWO_OUTPUTS)
    text = shown(TWO_OUTPUTS, "2:0", (120, 40))
    for k in range(2):
        for epoch in (1, 2):
            assert number(trace.epoch(epoch).outputs[3, k], 7) in text


def test_bce_in_the_forward_pass() -> None:
    lesson = seeded([2, 2, 1], ["relu", "sigmoid"], loss="bce")
    trace = Trace(lesson)
    text = shown(lesson, "1:7")
    assert "row's loss = −[y1·ln(A5) + (1−y1)·ln(1−A5)] = " in text or "row's loss = " in text
    assert f"[{number(trace.entry(1, 6).value)}]" in text
    assert "1/4·Σ −[y1·ln(A5) + (1−y1)·ln(1−A5)]" in shown(lesson, "1:29", (120, 40))


def test_a_large_network_shows_the_unit_in_hand() -> None:
    lesson = seeded([20, 30, 30, 4], ["relu", "tanh", "sigmoid"], rows=12)
    trace = Trace(lesson)
    step = trace.script.net_input_index(5, 27) + 2  # Z and A of unit 48 in row 6
    text = shown(lesson, f"1:{step}")
    Z, A = trace.entry(1, step - 2).value, trace.entry(1, step - 1).value
    line = line_with(text, "▸ (48)")
    assert numbers(line[line.index("(48)") + 4:])[:2] == [number(Z), f"[{number(A)}]"]
    last = trace.script.batches[0].start_of(0) + 3 * (12 * 3 + 1) - 1  # at w4,21, the fourth parameter of unit 21
    assert line_with(shown(lesson, f"1:{last + 2}"), "▸ (21)")


def test_the_unit_list_follows_the_parameter_in_hand() -> None:
    lesson = seeded([20, 30, 30, 4], ["relu", "tanh", "sigmoid"], rows=12)
    trace = Trace(lesson)
    place = trace.chains.index_of["w15,40"]
    text = shown(lesson, f"1:{trace.script.batches[0].start_of(place) + 1}")
    assert "w15,40" in "\n".join(line[34:] for line in text.split("\n")[1:9])


def test_one_neuron_at_every_place_and_size() -> None:
    trace = Trace(seeded([2, 1], ["sigmoid"]))
    for epoch in (1, 2):
        for step in range(trace.script.length + 1):
            for size in ((80, 24), (100, 30), (120, 40), (200, 60)):
                assert picture(Walk(trace, Cursor(epoch, step)), *size).text()


def test_long_names_and_wide_titles_stay_in_their_place() -> None:
    rows = [[0.05, -1234.5, 100.0], [12.5, 3.0, 0.1]]
    text = toml([2, 2, 1], ["tanh", "linear"], "mse", rows, 7, title="漢字" * 15)
    text = text.replace("'x1'", "'living_area'").replace("'y1'", "'price_long'")
    canvas = picture(Walk(Trace(parse(text, "x.toml")), Cursor(1, 9)), 80, 24)
    lines = canvas.text().split("\n")
    assert all(cell_len("".join(c for c, _ in canvas.row(y))) == 80 for y in range(24))
    border = lines[1].index("┬")
    assert all(line[border] in "│┬" for line in lines[1:9])
    assert any("−1234.5" in line[:border] for line in lines)


def test_a_network_that_diverged_is_not_right_and_says_so() -> None:
    lesson = seeded([2, 3, 1], ["relu", "linear"])
    object.__setattr__(lesson, "learning_rate", 1e200)
    text = shown(lesson, "9:0")
    assert "Rows right: 0 of 4." in text
    assert "try a smaller learning rate" in text
    trace = Trace(lesson)
    assert "nan" in shown(lesson, f"9:{trace.script.length}")


def test_a_loss_that_rises_is_not_said_to_fall() -> None:
    lesson = seeded([2, 2, 1], ["tanh", "linear"])
    object.__setattr__(lesson, "learning_rate", 3.0)
    assert "it did not fall." in shown(lesson, "2:0")


def bookmarks(canvas: Canvas, style: CellStyle) -> list[tuple[int, int, str]]:
    """Row, column and text of every stretch of cells with a role."""
    found = []
    for y in range(canvas.height):
        x = 0
        for its_role, run in groupby(canvas.row(y), lambda cell: cell[1]):
            text = "".join(character for character, _ in run)
            if its_role is style and text.strip():
                found.append((y, x, text))
            x += len(text)
    return found


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_nothing_is_said_by_colour_alone(size: tuple[int, int]) -> None:
    """At every step the number in hand stands in brackets, a factor found before has its mark, and right and wrong are
    words.
    """
    reused = 0
    for step in range(1, TRACE.script.length + 1):
        canvas = picture(Walk(TRACE, Cursor(1, step)), *size)
        fresh = [text for *_, text in bookmarks(canvas, CellStyle.FRESH)]
        assert any("[" in text and "]" in text for text in fresh), step
        tables = [(y, x, text) for y, x, text in bookmarks(canvas, CellStyle.REUSED) if re.search(r"\d", text[:8])]
        for y, x, text in tables:
            line = "".join(character for character, _ in canvas.row(y))
            assert "•" in line[:x + len(text)], (step, line)
        reused += len(tables)
        assert all("right" in text for *_, text in bookmarks(canvas, CellStyle.RIGHT))
        assert all("wrong" in text for *_, text in bookmarks(canvas, CellStyle.WRONG))
    assert reused > 100


def test_wide_characters_are_wrapped_by_their_cells() -> None:
    lines = wrap(Canvas(20, 5), "学习" * 30, 20)
    assert "".join(lines) == "学习" * 30
    assert all(cell_len(line) <= 20 for line in lines)
