"""Between two epochs: what the update did to the Loss and to every prediction."""

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from engine.graph.line import DIVERGED
from engine.graph.quantity import Quantity
from engine.late import LateModule
from engine.lesson.notes import without_emphasis
from engine.text.notation import with_count
from tui.view import factor_table
from tui.view.canvas import Box, Canvas, CellStyle, join_lines, rule, window, wrap
from tui.view.factor_table import Cell, Column, Label, Table
from tui.view.lesson_view import LessonView

if TYPE_CHECKING:
    from engine.export import in_words
else:
    in_words = LateModule("engine.export.in_words")

INTRODUCTION = """Train this network by hand, and see every number.

forward   each row through the network: Z, A, the row's loss; then Loss
backward  each parameter's chain rule: every factor, row by row; then Σ
update    every parameter moves against its gradient; then the next epoch
"""
OF_FORMULAS = """Differentiate these formulas by hand, and see every number.

forward   each number from those before it
backward  each parameter's chain rule: every factor of every path, their product
"""
TRAINED = "update    every parameter moves against its gradient; then the next epoch\n"
Piece = tuple[str, CellStyle]  # of a line
MOST_TO_SAY = 5  # lines of a summary besides its rows: title, heads, Loss, rows right, what may surprise
ROOM_OF_OUTPUT = 40  # columns in which those of one output stand, beside others
BEFORE_AND_AFTER = (Label("", ["before"]), Label("", ["after"]))  # the only row's lines
MOST_NAMED = 3  # rows that got worse
FIRST_KEYS = {"step": "the first number", "back": "takes it back", "words": "more about it", "menu": "other lessons"}
BATCH_BY_BATCH = "Each row has the parameters of its own batch, so not all have the same."
AFTER_MISS = {"what_if": "what if", "numbers": "new numbers", "menu": "lessons"}


def draw(canvas: Canvas, box: Box, view: LessonView) -> None:
    """Before the first epoch, what is going to happen; before any other, what the last update did."""
    if view.cursor.epoch == 1:
        _introduce(canvas, rule(canvas, box, view.lesson.title), view)
        return
    and_yours = " and your change" * _is_changed(view)
    updates = f"{len(view.script.batches)} updates" if view.has_batches else "update"
    title = f"What the {updates} of epoch {view.cursor.epoch - 1}{and_yours} did"
    box = rule(canvas, box, title, [view.hint("glance")] * (not view.has_glance))
    verdict = _verdict(canvas, box.width - 2, view)
    outputs = _lines_of_row(canvas, box.width, view)
    if outputs > 1 and box.height < 1 + view.lesson.rows * outputs + len(verdict):  # the numbers come first
        verdict = _verdict(canvas, box.width - 2, view, is_explained=False)
    rows = window(view.lesson.rows, max((box.height - 1 - len(verdict)) // outputs, 1), 0)
    is_numbered = outputs == 1 and not _has_room_for_targets(box.width, view) and \
        not _has_room_without(canvas, box.width, view)
    heads, labels = factor_table.row_labels(view, rows, is_numbered) if view.has_rows else ([""], BEFORE_AND_AFTER)
    columns = _node_columns(view, rows) if view.lesson.formulas else _columns(view, rows)
    if outputs > 1:
        labels, columns = _by_output(view, labels, columns)
    elif not _has_room_for_targets(box.width, view):
        columns = _without_targets(view, columns)
    table = Table(heads, labels, columns, 0, has_formulas=False)
    end = box.y + factor_table.draw_in_parts(canvas, box, table, 1 if view.has_rows else box.height - len(verdict))
    for y, line in enumerate(verdict[:box.bottom - end], end):
        x = box.x + 2
        for text, style in line:
            gap = len(text) - len(text.lstrip())
            x = canvas.put(x + gap, y, text[gap:], style)


def _is_changed(view: LessonView) -> bool:
    """Whether the learner has changed a value at this epoch."""
    return any(change.epoch == view.cursor.epoch for change in view.walk.changes)


def wanted_height(canvas: Canvas, width: int, view: LessonView) -> int:
    """How many lines show all there is to say, the title's too."""
    if view.cursor.epoch == 1:
        return 1 + sum(map(len, _introduction(canvas, width, view)))
    lines = view.lesson.rows * _lines_of_row(canvas, width, view) if view.has_rows else len(BEFORE_AND_AFTER)
    return max(MOST_TO_SAY, 2 + len(_verdict(canvas, width - 2, view))) + lines


def _introduction(canvas: Canvas, width: int, view: LessonView) -> tuple[list[str], list[str]]:
    """The lesson's own words; what is to be reached, and the first keys."""
    lesson = view.lesson
    end = [f"Goal: {lesson.goal}."] * (lesson.goal is not None)
    end += wrap(canvas, ", ".join(f"{view.keys.sign(name)} {words}" for name, words in FIRST_KEYS.items()), width - 4)
    usual = OF_FORMULAS + TRAINED * lesson.trains if lesson.formulas else INTRODUCTION
    said = join_lines(canvas, without_emphasis(lesson.introduction), width - 4) if lesson.introduction else usual
    return wrap(canvas, said, width - 4), end


def _introduce(canvas: Canvas, box: Box, view: LessonView) -> None:
    """All of it, the lesson's words as far as they fit."""
    lines, end = _introduction(canvas, box.width, view)
    room = box.height - len(end)
    if len(lines) > room:
        lines = [*lines[:room - 1], f"… ({view.keys.sign('words')}: all of it)"]
    for y, text in enumerate([*lines, *end]):
        style = CellStyle.TEXT if y < len(lines) else CellStyle.KEY
        canvas.put(box.x + 2, box.y + y, canvas.shorten(text, box.width - 4), style)


def _columns(view: LessonView, rows: range) -> list[Column]:
    """Target, prediction before and after, for each output; whether each row is right now."""
    before, after = view.trace.epoch(view.cursor.epoch - 1).outputs, view.epoch.outputs
    columns = []
    for k, output in enumerate(view.lesson.network.layers[-1]):
        targets = view.lesson_now.Y
        for head, values in ((view.lesson.targets[k], targets), (f"A{output.number} before", before),
                             (f"A{output.number} after", after)):
            cells = [Cell(view.number(values[row, k]), CellStyle.VALUE) for row in rows]
            columns.append(Column(head, "", cells))
    if view.lesson.classifies:
        was, now = (view.trace.rows_right(epoch) for epoch in (view.cursor.epoch - 1, view.cursor.epoch))
        columns.append(Column("", "", [
            Cell("now " * bool(was[row] != now[row]) + ("right" if now[row] else "wrong"),
                 CellStyle.RIGHT if now[row] else CellStyle.WRONG) for row in rows], has_marks=False))
    return columns


def _node_columns(view: LessonView, rows: range) -> list[Column]:
    """Of formulas every row's result before and after; of a row alone all its nodes."""
    epochs, result = (view.cursor.epoch - 1, view.cursor.epoch), view.lesson.formulas and view.lesson.formulas.result
    nodes = [node.quantity for node in view.trace.graph.nodes]
    if not view.has_rows:
        return [Column(node.name, "", [_value(view, epoch, node, 0) for epoch in epochs]) for node in nodes]
    return [Column(f"{node.name} {when}", "", [_value(view, epoch, node, row) for row in rows])
            for node in nodes if node.name == result
            for when, epoch in zip(("before", "after"), epochs, strict=True)]


def _value(view: LessonView, epoch: int, node: Quantity, row: int) -> Cell:
    return Cell(view.number(view.trace.read(epoch, node, row)), CellStyle.VALUE)


def _lines_of_row(canvas: Canvas, width: int, view: LessonView) -> int:
    """One, but where the columns of several outputs have no room beside each other: then one for each of these. Of more
    than two they may stand there without their targets, which the table has.
    """
    outputs = len(view.lesson.targets)
    if _has_room_for_targets(width, view):
        return 1
    return 1 if outputs > 2 and _has_room_without(canvas, width, view, is_numbered=True) else outputs


def _has_room_without(canvas: Canvas, width: int, view: LessonView, is_numbered: bool = False) -> bool:
    """Whether a line has room for every output without its target, perhaps with the row's number for its inputs."""
    columns = _without_targets(view, _columns(view, range(0)))
    return factor_table.wanted_width(canvas, view, columns, is_numbered) <= width


def _has_room_for_targets(width: int, view: LessonView) -> bool:
    outputs = len(view.lesson.targets)
    return bool(view.lesson.formulas) or outputs == 1 or width >= ROOM_OF_OUTPUT * outputs


def _without_targets(view: LessonView, columns: Sequence[Column]) -> list[Column]:
    """The columns of predictions and of the verdict, under shorter heads."""
    of_outputs = 3 * len(view.lesson.targets)
    heads = {"before": "was", "after": "now"}
    shown = [column._replace(name=f"{name} {heads[when]}", least=view.number_width)
             for k, column in enumerate(columns[:of_outputs]) if k % 3
             for name, when in [column.name.split()]]
    return [*shown, *(column._replace(least=len("now right")) for column in columns[of_outputs:])]


def _by_output(view: LessonView, labels: Sequence[Label],
               columns: Sequence[Column]) -> tuple[list[Label], list[Column]]:
    """The same with a line for each output of a row; in the last one whether the row is right."""
    outputs = view.lesson.network.layers[-1]
    more = len(outputs) - 1  # lines of a row
    names = [Cell(f"A{output.number}", CellStyle.NAME) for output in outputs]
    found = [Column("output", "", names * len(labels))]
    for k, head in enumerate(("target", "before", "after")):
        of_outputs = [column.cells for column in columns[k:3 * len(outputs):3]]
        found.append(Column(head, "", [cell for cells in zip(*of_outputs, strict=True) for cell in cells]))
    found += [column._replace(cells=[each for cell in column.cells for each in [*[Cell("")] * more, cell]])
              for column in columns[3 * len(outputs):]]
    blank = Label("", [""] * len(labels[0].texts))
    return [each for label in labels for each in [label, *[blank] * more]], found


def _surprise(view: LessonView) -> str:
    """Why the Loss rose, or why it fell though rows got worse; nothing where neither can be seen. With batches neither
    may be any update's, since each row has other parameters.
    """
    before, after = _losses(view)
    is_same = view.number(before) == view.number(after)
    if view.has_batches:
        return BATCH_BY_BATCH
    if _is_changed(view) or view.own_loss is not None or not math.isfinite(after) or is_same:
        return ""
    if after > before:
        return f"Each {_kind(view)} went down its slope but too far: the learning rate is too large."
    return f"The other rows pull the {_kind(view)}s they share the other way; the sum decides." if _worse(view) else ""


def _kind(view: LessonView) -> str:
    """What is trained."""
    return "parameter" if view.lesson.formulas else "weight"


def _losses(view: LessonView) -> tuple[float, float]:
    """Before the update and after."""
    return view.trace.epoch(view.cursor.epoch - 1).loss, view.epoch.loss


def _worse(view: LessonView) -> list[int]:
    """The rows, from 1, that went away from a target and add more to the Loss, to the digits shown. One that goes past
    its target is no such row: nothing pulled it the other way.
    """
    quantity, epoch = view.trace.graph.line(-1).quantity, view.cursor.epoch
    if formulas := view.lesson.formulas:
        quantity = view.trace.graph.nodes[formulas.index_of[formulas.result]].quantity
    worse = []
    for row in range(view.lesson.rows):
        is_away = formulas is not None or _is_away(view, row)
        was, now = (view.trace.read(number, quantity, row) for number in (epoch - 1, epoch))
        if is_away and now > was and view.number(now) != view.number(was):
            worse.append(row + 1)
    return worse


def _is_away(view: LessonView, row: int) -> bool:
    """Whether an output of a row went away from its target."""
    before, after = (view.trace.epoch(view.cursor.epoch - back).outputs[row] for back in (1, 0))
    return bool(((view.lesson_now.Y[row] - before) * (after - before) < 0).any())


def _verdict(canvas: Canvas, width: int, view: LessonView, is_explained: bool = True) -> list[list[Piece]]:
    """What came of the Loss, what may surprise in that, how many rows are right, and the goal; in lines of a width."""
    before, after = _losses(view)
    surprise, is_same = _surprise(view), view.number(before) == view.number(after)
    verdict = "it hardly moved." if is_same else _fall(view, surprise) if after < before else "it did not fall."
    name = view.trace.symbols.loss.name
    loss = [(f"{name}  {view.number(before)} → ", CellStyle.NAME), (view.number(after), CellStyle.FRESH),
            (f"  {verdict if math.isfinite(after) else DIVERGED}", CellStyle.TEXT)]
    if view.own_loss is not None and math.isfinite(after):  # else there is more to say than both
        loss.append((f"  Without what you changed: {view.number(view.own_loss)}", CellStyle.MUTED))
    reached = list[Piece]()
    if view.lesson.classifies:
        right, rows = sum(view.rows_right), view.lesson.rows
        text = f"All {rows} rows are right." if right == rows > 1 else f"Rows right: {right} of {rows}."
        reached.append((text, CellStyle.RIGHT if right == rows else CellStyle.TEXT))
    if said := _goal(view, width - sum(canvas.length(text) for text, _ in reached) - 2):
        reached.append((f"{'  ' * bool(reached)}{said[0]}", said[1]))
    if said and in_words.is_missed(view.trace, view.cursor.epoch):
        keys = "  " + ", ".join(f"{view.keys.sign(name)} {words}" for name, words in AFTER_MISS.items())
        with_keys = [*reached, (keys, CellStyle.KEY)]
        costs_a_line = len(_wrap_pieces(canvas, width, with_keys)) > len(_wrap_pieces(canvas, width, reached))
        if in_words.is_missed_now(view.trace, view.cursor.epoch) or not costs_a_line:
            reached = with_keys
    paragraphs = (loss, [(surprise, CellStyle.TEXT)] * (bool(surprise) and is_explained), reached)
    return [line for pieces in paragraphs for line in _wrap_pieces(canvas, width, pieces)]


def _goal(view: LessonView, room: int) -> Piece | None:
    """Whether the goal is reached; which lesson follows then, in fewer words where there is little room. After its own
    epoch a missed one stands back.
    """
    goal, epoch = view.lesson.goal, view.cursor.epoch
    said = in_words.goal_in_words(view.trace, epoch)
    if goal is None or not said:
        return None
    if in_words.is_missed(view.trace, epoch):
        return said, CellStyle.MUTED if epoch > goal.epoch else CellStyle.TITLE
    follows = f" Next lesson: {view.lesson.next} ({view.keys.sign('menu')})." if view.lesson.next else ""
    text = f"{said}{follows}"
    return text if len(text) <= room else text.replace(" lesson: ", ": "), CellStyle.TITLE


def _wrap_pieces(canvas: Canvas, width: int, pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces in as many lines as they take: what has no room beside the others begins a new one."""
    lines = list[list[Piece]]()
    for text, style in pieces:
        taken = sum(canvas.length(each) for each, _ in lines[-1]) if lines else width
        if taken + canvas.length(text) <= width:
            lines[-1].append((text, style))
        elif canvas.length(text) <= width:
            lines.append([(text.lstrip(), style)])
        else:
            lines += [[(part, style)] for part in wrap(canvas, text.strip(), width)]
    return lines


def _fall(view: LessonView, surprise: str) -> str:
    """That it fell, and which rows got worse all the same."""
    worse = _worse(view) if surprise else []
    if not worse:
        return "it fell."
    if len(worse) > MOST_NAMED:
        return f"it fell, though {with_count(len(worse), 'row')} of {view.lesson.rows} got worse."
    *first, last = map(str, worse)
    return f"it fell, though row{'s' * bool(first)} {', '.join(first)}{' and ' * bool(first)}{last} got worse."
