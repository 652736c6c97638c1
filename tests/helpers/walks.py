"""Random walks through lessons of every shape, with every cell of every picture watched."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice

from engine.lesson.lesson import Lesson
from engine.trace.chain import Form
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.walk.actions import Action, Do, GoTo, Move, ToEdge, WhatIf
from engine.walk.transition import act
from engine.walk.walk import ActionError, Walk
from lessons import any_lesson
from tui.view.canvas import Canvas, CellStyle
from tui.view.compact import Opened
from tui.view.layout import Status, picture

OPENED: tuple[Opened, ...] = ("", "", "table", "", "network")
WIRES = set("─│┌┐└┘├┤┬┴┼═║╔╗╚╝ ")
SIZES = ((80, 24), (120, 40))
SMALL_SIZES = ((60, 19), (70, 22), (79, 40), (100, 20))


def faults_of(canvas: Canvas, x: int, y: int, text: str) -> Iterator[str]:
    """What of a text would be drawn over other text, or outside the picture."""
    spelled = canvas.spelled(text)
    before = [cell for cell, _ in canvas.row(y)] if 0 <= y < canvas.height else []
    for column, character in enumerate(spelled, x):
        if not (before and 0 <= column < canvas.width):
            if character != " ":
                yield f"{text!r} outside, at {column},{y}"
            continue
        below = before[column]
        is_over_text = below not in WIRES and below != character and (
            character not in WIRES - {" "} or below.isalnum())
        if is_over_text and (character != " " or spelled.strip()):
            yield f"{text!r} over {below!r}, at {column},{y}"


@contextmanager
def watched() -> Iterator[list[str]]:
    """What is drawn over other text, or outside the picture, while this lasts."""
    faults: list[str] = []
    put = Canvas.put

    def watching(canvas: Canvas, x: int, y: int, text: str, style: CellStyle = CellStyle.TEXT) -> int:
        end = x + len(canvas.spelled(text))
        is_inside = 0 <= y < canvas.height and x >= 0 and end <= canvas.width
        if not is_inside or any(cell != " " for cell, _ in islice(canvas.row(y), x, end)):  # else all is blank there
            faults.extend(faults_of(canvas, x, y, text))
        return put(canvas, x, y, text, style)
    Canvas.put = watching  # type: ignore[method-assign]
    try:
        yield faults
    finally:
        Canvas.put = put  # type: ignore[method-assign]


def any_action(draw: random.Random, session: Walk) -> Action:
    """Any movement, the other form, the derivation, a change and its undoing."""
    direction = draw.choice((1, 1, -1))
    moves = [Move(by, direction) for by in ("step", "block", "section", "gradient", "epoch")]  # type: ignore[arg-type]
    place = Cursor(draw.randint(1, 4), draw.randint(0, session.trace.script.length))
    parameter = draw.choice(session.trace.lesson.order).name
    rare: list[Action] = [Do.SWITCH_FORM, Do.TOGGLE_DERIVATION, Do.RETURN, ToEdge("end"), WhatIf(f"{parameter} = 0.5"),
                          Do.UNDO_CHANGE, Do.OWN_NUMBERS]
    return draw.choice([*moves, GoTo(place), GoTo(place), draw.choice(rare)])


def walk(seed: int, moves: int, make: Callable[[random.Random], Lesson] = any_lesson) -> list[str]:
    """Walk a lesson drawn by a seed; returns what was drawn over other text."""
    draw = random.Random(seed)
    forms: tuple[Form, ...] = ("paths", "delta")
    session = Walk(Trace(make(draw), draw.choice(forms)))
    with watched() as faults:
        for move in range(moves):
            try:
                session = act(session, any_action(draw, session))
            except ActionError:
                continue
            small = [SMALL_SIZES[move // 2 % len(SMALL_SIZES)]] * (move % 2)
            for width, height in (*SIZES, *small):
                picture(session, width, height, status=Status(opened=OPENED[move % len(OPENED)]))
            if faults:
                lesson = session.trace.lesson
                return [f"seed {seed}, {lesson.model}, {session.cursor}: {fault}" for fault in faults[:3]]
    return faults
