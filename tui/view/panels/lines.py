"""The first and the last line of the screen: where we are, and which keys matter now."""

from collections.abc import Sequence
from typing import Literal

from engine.graph.step import Kind, Phase, Step
from engine.walk.actions import Move
from engine.walk.movement import destination
from engine.walk.walk import Example, Search
from tui.config.keys import ASKED, EDITING, READING, REPLACING, SEARCH
from tui.view.canvas import Box, Canvas, CellStyle, Hint, hint_width, put_hint, wrap
from tui.view.lesson_view import LessonView
from tui.view.prompt import Prompt, draw_line

Part = Literal["phase", "row", "batch"]
LEAST_NEEDED: Sequence[Part] = ("phase", "row", "batch")  # of the place: what the panels say goes first
LEAST_FOR_NAME = 80  # columns
LEAST_TITLE = 7  # cells of a title that is cut: with fewer it says nothing
ESCAPE = ASKED.sign("stop")
LONGEST_BLOCK = len("unit")  # of the words for what the key for a block finishes


def draw_header(canvas: Canvas, box: Box, view: LessonView, is_playing: bool = False) -> None:
    """The name where there is room for it, the mode and the title at the left, the place at the right: it is whole, the
    title if it has room.
    """
    x = canvas.put(box.x + 1, box.y, "handgrad", CellStyle.TITLE) + 2 if box.width >= LEAST_FOR_NAME else box.x + 1
    x = canvas.put(x, box.y, mode(view, is_playing), CellStyle.KEY)
    changes = f"what if {', '.join(map(str, view.walk.changes))}" if view.walk.changes else \
        "new numbers" if view.lesson.drawn_from else ""

    def room_beside(where: str) -> int:
        return box.width - x - canvas.length(where) - 5
    places = [position(view, *LEAST_NEEDED[:count]) for count in range(len(LEAST_NEEDED) + 1)]
    where = next((place for place in places if canvas.length(changes) <= room_beside(place)), places[-1])
    whole = changes or view.lesson.title
    text = canvas.cut(whole, max(room_beside(where), 0))
    least = LEAST_TITLE if changes or box.width >= LEAST_FOR_NAME else box.width
    if canvas.length(text) >= min(canvas.length(whole), least):
        canvas.put(x + 2, box.y, text, CellStyle.TITLE if changes else CellStyle.MUTED)
    canvas.put_right(box.right - 1, box.y, where, CellStyle.TEXT)


def mode(view: LessonView, is_playing: bool = False) -> str:
    """What the learner is doing, and by which form of the chains if it is not by paths: `practise`, `watch δ`."""
    doing = "find the mistake" if view.walk.search else "plays" if is_playing else view.walk.mode
    return doing if view.trace.chains.by_paths else f"{doing} δ"


def position(view: LessonView, *without: Part) -> str:
    """`epoch 1 · backward · (1) w13 · row 2/4 · 38/239`, all of it or not."""
    parts, step = [f"epoch {view.cursor.epoch}"] * view.lesson.trains, view.step
    if step:
        if view.has_batches and "batch" not in without:
            parts.append(f"batch {step.batch + 1}/{len(view.script.batches)}")
        if "phase" not in without:
            parts.append(step.phase.value)
        if step.parameter_index is not None:
            parts.append(f"({step.parameter_index + 1}) {view.lesson.order[step.parameter_index].name}")
        if step.row is not None and view.has_rows and "row" not in without:
            parts.append(f"row {step.row + 1}/{view.lesson.rows}")
    parts.append(f"{view.cursor.step}/{view.script.length}")
    return " · ".join(parts)


def _keys_now(view: LessonView, is_playing: bool) -> Sequence[Hint]:
    """The keys that matter at this place and where they lead, the most useful first."""
    keys, walk = view.keys, view.walk
    if walk.results.is_open:
        return ((f"{READING.sign('one_before')} {READING.sign('one_behind')}", "read"), READING.hint("on"))
    if walk.search:
        return _keys_of_search(walk.search)
    if is_playing:
        return (keys.hint("play", "stop"), (f"{keys.sign('faster')} {keys.sign('slower')}", "speed"))
    if view.typed is not None:
        return _keys_of_question(view)
    if walk.mode != "watch":
        goes_on = not walk.trouble and not view.is_at_end
        return (*[ASKED.hint("answer", "go on")] * goes_on, *[keys.hint("find")] * walk.invites, keys.hint("back"),
                ASKED.hint("stop"))
    if walk.example:
        return _keys_of_example(walk.example, view)
    hints = [(f"{keys.sign('back')} {keys.sign('step')}", keys.by_id["step"].word)]
    hints += _onward(view)
    if view.trace.chains.has_both_forms and not view.trace.chains.by_paths:
        hints.append(keys.hint("form", "paths"))
    hints += _next_gradient(view)
    if walk.changes:
        hints += [keys.hint("undo_change", "undo"), keys.hint("own")]
    elif view.lesson.drawn_from:
        hints += [keys.hint("own", "own"), keys.hint("numbers", "others")]
    following = view.cursor.epoch + 1
    epoch = [keys.hint("epoch", f"epoch {following}")] * (following <= view.trace.history.last_epoch)
    glance = [] if view.has_glance else [keys.hint("glance")]
    return (*hints, *epoch, keys.hint("play"), *glance, keys.hint("go"), keys.hint("return"))


def _keys_of_question(view: LessonView) -> Sequence[Hint]:
    """While a number is asked for. What is typed has keys of its own, until it is taken or erased."""
    keys, is_exam, beside = view.keys, view.walk.mode == "by hand", view.walk.attempt.follow_up
    take = ASKED.hint("answer", "write down" if is_exam else "")
    leave = ASKED.hint("stop", "hand in" if view.walk.exam else "")
    first = (take, *[ASKED.hint("hint")] * (not is_exam), leave, ASKED.hint("result"))  # each always at its place
    if beside:
        return ((" ".join(beside.replies), "say which"), take, ASKED.hint("hint"), ASKED.hint("stop"))
    if view.typed:
        return (*first, *(REPLACING if view.walk.attempt.is_taken else EDITING))
    is_told = view.cursor.step > 0 and not view.written  # why the last number is as it is, if it is judged
    why = [ASKED.hint("why"), ("F1", "keys")] if is_told else []
    if view.is_written(view.cursor.step):
        return (ASKED.hint("fill_in", "forward"), *keys.silent_hints("back"), ("0-9", "another number"),
                ("Backsp", "change it"), leave)
    words = ("leave open", "look back", "watch") if is_exam else ("", "", "by hand")
    return (*first, ASKED.hint("fill_in", words[0]), *keys.silent_hints("back", words[1]), *why,
            *keys.silent_hints("mode", words[2]), *([] if is_exam else _onward(view)))


def _keys_of_search(search: Search) -> Sequence[Hint]:
    """While the mistake is looked for."""
    leave = SEARCH.hint("leave")
    if search.is_done:
        return (SEARCH.hint("confirm", "another one"), leave)
    if search.which:
        return ((" ".join(search.which.replies), "say which mistake it is"), leave)
    both = f"{SEARCH.sign('number_before')} {SEARCH.sign('number_behind')}"
    return ((both, "choose"), SEARCH.hint("confirm"), leave)


def _keys_of_example(shown: Example, view: LessonView) -> Sequence[Hint]:
    """While a worked chain is shown."""
    refuse = ASKED.hint("stop", "skip it")
    if view.cursor == shown.end:
        return (view.keys.hint("step", "you again"), view.keys.hint("back"), refuse)
    return (view.keys.hint("step"), view.keys.hint("block", "to its end"), refuse)


def _onward(view: LessonView) -> list[Hint]:
    """What the keys for a block and a phase finish: they go by the number that comes next."""
    if view.is_at_end:
        return []
    block, section = _ahead(view)
    return [view.keys.hint("block", f"{block:<{LONGEST_BLOCK}}"), view.keys.hint("section", _in_place(view, section))]


def _ahead(view: LessonView) -> tuple[str, str]:
    """The block and the phase, or the part of it, that the next number belongs to."""
    if view.cursor.step == view.script.length:
        return "next", "next epoch"
    step, is_alone = view.script.step(view.cursor.step), not view.has_rows
    block = {Kind.NET_INPUT: "unit", Kind.ACTIVATION: "unit"} | dict.fromkeys(
        (Kind.DELTA, Kind.FACTOR, Kind.PRODUCT), "all" if is_alone else "row")
    if step.kind is Kind.DELTA:
        section = f"all ∂{view.trace.symbols.loss.name}/∂" if view.lesson.formulas else "all δ"
    elif step.phase is Phase.BACKWARD:
        section = _gradient(step)
    else:
        section = view.trace.symbols.loss.name if step.phase is Phase.FORWARD else "update"
    return block.get(step.kind, "next"), section


def _next_gradient(view: LessonView) -> list[Hint]:
    """Where `n` leads: `gradient (2)`, or the update; nothing where none follows."""
    cursor = destination(view.walk, Move("gradient", 1))
    if cursor == view.cursor:
        return []
    is_update = cursor.step > view.script.batch_at(cursor.step - 1).backward_end
    word = "update" if is_update else _gradient(view.script.step(cursor.step - 1))
    return [view.keys.hint("gradient", _in_place(view, word))]


def _gradient(step: Step) -> str:
    return f"gradient ({(step.parameter_index or 0) + 1})"


def _in_place(view: LessonView, word: str) -> str:
    """A word with the room that the longest of its kind takes, so that nothing behind it moves from step to step."""
    return f"{word:<{len(f'gradient ({len(view.lesson.order)})')}}"


def draw_last(canvas: Canvas, box: Box, view: LessonView, is_playing: bool, note: str, prompt: Prompt | None,
              first: Sequence[Hint] = (), is_covered: bool = False) -> None:
    """A question, else a message, else the keys; `first` those that stand before the others. Where something is
    covered by what was opened, Esc closes that before all else.
    """
    if prompt:
        _draw_prompt(canvas, box, prompt)
    elif note:
        draw_note(canvas, box, f"{note} ({view.keys.sign('find')})" if view.walk.invites else note)
    else:
        hints = [(key, "back" if is_covered and key == ESCAPE else word) for key, word in _keys_now(view, is_playing)]
        writes = view.is_typing or view.walk.search is not None
        always = [] if writes else [view.keys.hint("help", "keys"), view.keys.hint("quit")]
        draw_hints(canvas, box, [*first, *hints], always)


def _draw_prompt(canvas: Canvas, box: Box, prompt: Prompt) -> None:
    """The question, and what is typed or the reply to it; a reply that repeats what was entered stands for it."""
    x = canvas.put(box.x + 1, box.y, f"{prompt.question}: ", CellStyle.KEY)
    text, room = prompt.line.text, box.right - x - 1
    how = f"{prompt.form}; Enter takes it, Esc leaves"
    reply = prompt.reply or ("" if text else how if canvas.length(how) <= room - 2 else prompt.form)
    if not (prompt.reply and prompt.is_taken):
        x = draw_line(canvas, x, box.y, room - min(canvas.length(prompt.reply) + 1, room // 2), prompt.line) + 1
    canvas.put(x, box.y, canvas.shorten(reply, box.right - x - 1), CellStyle.TITLE if prompt.reply else CellStyle.MUTED)


def draw_note(canvas: Canvas, box: Box, note: str) -> None:
    """A message, until the next key; what needs more than the last line goes over those above it."""
    texts = wrap(canvas, note, box.width - 2)
    for y, text in enumerate(texts, box.bottom - len(texts)):
        canvas.put(box.x, y, " " * box.width)
        canvas.put(box.x + 1, y, text, CellStyle.TITLE)


def draw_hints(canvas: Canvas, box: Box, hints: Sequence[Hint], always: Sequence[Hint] = ()) -> None:
    """Keys from left to right, as many as fit; behind them those that are there always."""
    end = box.right - 1 - sum(hint_width(canvas, hint) + 2 for hint in always)
    x = box.x + 1
    for hint in hints:
        if x + hint_width(canvas, hint) > end:
            break
        x = put_hint(canvas, x, box.y, hint) + 2
    for hint in always:
        x = put_hint(canvas, x, box.y, hint) + 2
