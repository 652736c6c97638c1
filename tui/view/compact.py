"""The lesson's screen where there is little room, as with a projector's large letters or in a part of a window: the row
in hand, the chain or what else the phase has of it, a line each, and how the number in hand comes about.

The truth table and the network stand there where lines are left; else a key opens them in place of the chain.
"""

from collections.abc import Sequence
from typing import Literal

from engine.graph.step import Phase
from engine.graph.symbols import LOSS
from engine.walk.walk import Walk
from tui.view import saved_file
from tui.view.canvas import Box, Canvas, CellStyle, Hint, figure, rule
from tui.view.data_column import Column
from tui.view.lesson_view import LessonView
from tui.view.panels import chain_rule, forward, how, summary, verdicts
from tui.view.phase_panels import backward_panel_of, panel_of, phase_panel_of
from tui.view.top_panels import drawn_height, drawn_panel_of, given_panel_of, listed_panel_of

Opened = Literal["", "table", "network"]  # what stands in place of the chain
EITHER: Sequence[Opened] = ("table", "network")
LEAST = (60, 20)
HOW_HEIGHT, LEAST_HOW, MOST_HOW = 6, 5, 10  # of the panel that explains, or asks
LEAST_ASKED = 3  # of it, where a long chain needs its lines while a number is asked for
LEAST_PANEL, USUAL_PANEL = 4, 10  # of a phase's
MOST_ROW = 2  # lines of the row in hand
GAP = 2  # columns between two numbers of the row in hand
LEFT_OUT = Column("", [("…", CellStyle.MUTED)], 2, 0)


def draw(canvas: Canvas, box: Box, view: LessonView, opened: Opened) -> None:
    """Draw all between the first line and the last."""
    if opened:
        _draw_large(canvas, box, view, opened)
        return
    beside = shown_beside(view, box)
    for name in beside:
        box = _draw_beside(canvas, box, view, name)
    if "table" not in beside and view.phase:
        box = _draw_row(canvas, box, view)
    if view.walk.results.is_open:
        verdicts.draw(canvas, box, view)
        return
    how_height = _how_height(canvas, view, box.height)
    phase, explained = box.cut(box.height - how_height)
    _draw_phase(canvas, phase, view)
    how.draw(canvas, explained, view)


def draw_file_trouble(canvas: Canvas, box: Box, view: LessonView) -> Box:
    """Draw what is wrong with the lesson's file above all else, where that is its place; returns what is left."""
    height = saved_file.wanted_height(canvas, view) if saved_file.stands_above(view) else 0
    trouble, rest = box.cut(height)
    if height:
        saved_file.draw(canvas, trouble, view)
    return rest


def gives_way(before: Walk, after: Walk) -> bool:
    """Whether what stands in place of the chain is closed, since an action brought what is to be read or found there: a
    verdict, a number pointed at, a derivation, a worked chain.
    """
    is_derived = after.cursor == before.cursor and after.derivation != before.derivation
    is_read = after.results.is_open and after.results != before.results
    is_found = after.search is not None and (after.search, after.message) != (before.search, before.message)
    return is_derived or is_read or is_found or after.example is not before.example


def shown_beside(view: LessonView, box: Box) -> Sequence[Opened]:
    """What needs no key, since there are lines enough for it."""
    room = box.height - HOW_HEIGHT - USUAL_PANEL - given_panel_of(view).wanted_height(view)
    if room < 0:
        return ()
    has_network = drawn_height(view) <= room and drawn_panel_of(view).fits(view, box)
    return ("table", "network") if has_network else ("table",)


def behind_keys(view: LessonView, box: Box) -> Sequence[Opened]:
    """What needs one."""
    beside = shown_beside(view, box)
    return [name for name in EITHER if name not in beside]


def keys_below(view: LessonView, opened: Opened) -> Sequence[Hint]:
    """What the keys for the table and the network do, where no title above says it."""
    is_below = view.phase is None and "table" in view.behind_keys
    return _keys(view, opened) if opened or is_below else ()


def _keys(view: LessonView, opened: Opened = "") -> Sequence[Hint]:
    words = {"network": "graph"} if view.lesson.formulas else {}
    return [view.hint(name, "back" if name == opened else words.get(name, "")) for name in view.behind_keys]


def _draw_beside(canvas: Canvas, box: Box, view: LessonView, name: Opened) -> Box:
    """Draw the table or the network above all else; returns what is left."""
    upper, rest = box.cut(given_panel_of(view).wanted_height(view) if name == "table" else drawn_height(view))
    if name == "table":
        given_panel_of(view).draw(canvas, upper, view, _keys(view))
    else:
        drawn_panel_of(view).draw(canvas, upper, view)
    return rest


def _draw_large(canvas: Canvas, box: Box, view: LessonView, opened: Opened) -> None:
    """Draw the table or the network, over how the number comes about, which has the lines that are left. A network that
    needs these, too, has them while nothing is asked.
    """
    drawn, given = drawn_panel_of(view), given_panel_of(view)
    spare = box.height - (given.wanted_height(view) if opened == "table" else drawn_height(view))
    explained = max(_said_height(canvas, view), LEAST_HOW - 1, min(MOST_HOW, spare))
    how_height = explained * (not view.walk.results.is_open)
    upper, lower = box.cut(box.height - how_height)
    if opened == "table":
        given.draw(canvas, upper, view)
    elif drawn.fits(view, box) and not drawn.fits(view, upper) and view.typed is None and not view.walk.search:
        drawn.draw(canvas, box, view)
        return
    elif not drawn.draw(canvas, upper, view):
        listed_panel_of(view).draw(canvas, upper, view)
    if how_height:
        how.draw(canvas, lower, view)


def _draw_row(canvas: Canvas, box: Box, view: LessonView) -> Box:
    """Draw what the truth table says of the row in hand; returns what is left."""
    title = f"Row {view.row + 1} of {view.lesson.rows}{_loss(view)}" if view.has_rows else "Given, and the result"
    inner = rule(canvas, box, title, _keys(view))
    flowed = _flow(canvas, inner.width - 2, given_panel_of(view).row_in_hand(view))
    for y, line in enumerate(flowed, inner.y):
        x = inner.x + 1
        for column in line:
            _item(canvas, x, y, column)
            x += _item_width(canvas, column) + GAP
    return box.cut(1 + len(flowed))[1]


def _loss(view: LessonView) -> str:
    """The Loss, once it is shown."""
    index = view.loss_index
    return f", Loss {view.text_at(index, LOSS)}" if view.is_reached(index) and not view.is_fresh(index) else ""


def _flow(canvas: Canvas, width: int, columns: Sequence[Column]) -> list[list[Column]]:
    """Columns in as few lines as take them; where these would be too many, what matters least gives way to a `…`."""
    every = [*columns, LEFT_OUT]
    widths = [_item_width(canvas, column) + GAP for column in every]
    kept = list(range(len(columns)))
    while True:
        lines, taken = [list[Column]()], 0
        for k in _with_gaps(kept, len(columns)):
            if taken and taken + widths[k] > width + GAP:
                lines, taken = [*lines, []], 0
            lines[-1].append(every[k])
            taken += widths[k]
        if len(lines) <= MOST_ROW:
            return lines
        kept.remove(max(kept, key=lambda k: (columns[k].rank, k)))


def _with_gaps(kept: Sequence[int], count: int) -> list[int]:
    """Items that are kept of so many, with that behind the last in place of those that are not."""
    shown, before = list[int](), -1
    for k in kept:
        shown += [count] * (k != before + 1) + [k]
        before = k
    return shown + [count] * (before < count - 1)


def _item_width(canvas: Canvas, column: Column) -> int:
    return (canvas.length(column.head) + 1) * bool(column.head) + column.width - 1


def _item(canvas: Canvas, x: int, y: int, column: Column) -> None:
    """`x1 1`."""
    text, style = column.cells[0]
    if column.head:
        x = canvas.put(x, y, column.head, CellStyle.NAME) + 1
    figure(canvas, x, y, text, style, before=0)


def _draw_phase(canvas: Canvas, box: Box, view: LessonView) -> None:
    """The row's part in the phase; between two epochs all there is to say."""
    if view.phase is Phase.BACKWARD:
        backward_panel_of(view).draw_row(canvas, box, view)
    else:
        panel_of(view).draw(canvas, box, view)


def _wanted_height(canvas: Canvas, view: LessonView) -> int:
    """How many lines show that whole."""
    if view.phase is None:
        return summary.wanted_height(canvas, canvas.width, view)
    if view.phase is Phase.BACKWARD:
        return backward_panel_of(view).row_height(view)
    return phase_panel_of(view).wanted_height(view)


def _how_height(canvas: Canvas, view: LessonView, room: int) -> int:
    """Of the panel that explains: the same throughout a phase, but where what it says would be cut, and there are lines
    that the chain in hand leaves empty; what is said to whom is asked has all the lines it takes.
    """
    if saved_file.explains(view):
        return saved_file.wanted_height(canvas, view)
    spare = room - _wanted_height(canvas, view)
    if view.phase is None:
        height = max(LEAST_HOW - 1, min(HOW_HEIGHT, spare))
    else:
        height = max(LEAST_HOW if view.typed is None else LEAST_ASKED, min(MOST_HOW, spare))
    lent = forward.lent_height(view)
    if lent and view.typed is None:
        height = max(height, min(how.wanted_height(canvas, view), spare + lent))
    if said := _said_height(canvas, view):
        return min(max(height, said), room - LEAST_PANEL)
    if view.typed is None and backward_panel_of(view) is chain_rule and view.phase is Phase.BACKWARD:
        box = Box(0, 0, canvas.width, room - height)
        return max(height, min(how.wanted_height(canvas, view), room - chain_rule.row_height_now(canvas, box, view)))
    return height


def _said_height(canvas: Canvas, view: LessonView) -> int:
    """How many lines what is said to whom is asked takes; 0 where nothing is."""
    return min(how.question_height(canvas, view), MOST_HOW) if view.message else 0
