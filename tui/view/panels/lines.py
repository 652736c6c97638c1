"""The first and the last line of the screen: where we are, and which keys matter now."""

from collections.abc import Sequence

from engine.graph.step import Kind, Phase
from engine.walk.actions import Move
from engine.walk.movement import derivable, destination
from engine.walk.walk import Search
from tui.config.keys import BY_ID
from tui.view.canvas import Box, Canvas, CellStyle
from tui.view.lesson_view import LessonView
from tui.view.prompt import Prompt


def draw_header(canvas: Canvas, box: Box, view: LessonView) -> None:
    """The name and title at the left, the place at the right."""
    x = canvas.put(box.x + 1, box.y, "handgrad", CellStyle.TITLE)
    where = position(view)
    room = box.width - x - canvas.length(where) - 5
    changes = f"what if {', '.join(map(str, view.walk.changes))}" if view.walk.changes else \
        "new numbers" if view.lesson.drawn_from else ""
    if room > 8:
        canvas.put(x + 2, box.y, canvas.cut(changes or view.lesson.title, room),
                   CellStyle.TITLE if changes else CellStyle.MUTED)
    canvas.put_right(box.right - 1, box.y, where, CellStyle.TEXT)


def position(view: LessonView) -> str:
    """`epoch 1 · backward · (1) w13 · row 2/4 · 38/239`."""
    parts, step = [f"epoch {view.cursor.epoch}"], view.step
    if step:
        parts.append(step.phase.value)
        if step.parameter_index is not None:
            parts.append(f"({step.parameter_index + 1}) {view.lesson.order[step.parameter_index].name}")
        if step.row is not None:
            parts.append(f"row {step.row + 1}/{view.lesson.rows}")
    parts.append(f"{view.cursor.step}/{view.script.length}")
    return " · ".join(parts)


def keys_now(view: LessonView, is_playing: bool) -> Sequence[tuple[str, str]]:
    """The keys that matter at this place and where they lead, the most useful first."""
    if view.walk.search:
        return _keys_of_search(view.walk.search)
    if is_playing:
        return (("a", "stop"), ("+ −", "speed"))
    why = [("!", "why")] * (view.cursor.step > 0 and not view.written)  # of the last number, if it is judged
    if view.typed is not None and view.walk.mode == "by hand":
        return (("Enter", "write down"), ("→", "leave open"), ("←", "change the last"), *why,
                ("Tab", "watch"), ("=", "calculate"))
    if view.typed is not None:
        return (("Enter", "check"), ("?", "hint"), ("→", "fill in"), ("Esc", "watch"), ("←", "back"), *why,
                ("=", "calculate"), ("Tab", "by hand"), *_onward(view))
    if view.walk.mode != "watch":
        return (("Enter", "go on"), ("←", "back"), ("Esc", "watch"))
    keys = [("→", "step"), ("←", "back")]
    if view.walk.changes:
        keys += [("z", "undo change"), ("o", "own numbers")]
    elif view.lesson.drawn_from:
        keys += [("o", "own numbers"), ("x", "others")]
    keys += [*_onward(view), ("n", _next_gradient(view)), ("p", "practise")]
    if view.walk.derivation:
        keys.append(("d", "close"))
    elif derivable(view.walk) is not None:
        keys.append(("d", "sig′"))
    return (*keys, ("e", f"epoch {view.cursor.epoch + 1}"), ("a", "play"), ("g", "go to"), ("u", "undo"))


def _keys_of_search(search: Search) -> Sequence[tuple[str, str]]:
    """While the mistake is looked for."""
    leave = ("Esc", "leave")
    if search.is_done:
        return (("Enter", "another one"), leave)
    if search.which:
        return ((" ".join(search.which.replies), "say which mistake it is"), leave)
    return (("← →", "choose"), ("Enter", "take it"), leave)


def _onward(view: LessonView) -> list[tuple[str, str]]:
    """What ↓ and PgDn finish: they go by the number that comes next."""
    if view.cursor.step == view.script.length:
        return [("↓", f"epoch {view.cursor.epoch + 1}")]
    step = view.script.step(view.cursor.step)
    block = {Kind.NET_INPUT: "unit", Kind.ACTIVATION: "unit"} | dict.fromkeys(
        (Kind.DELTA, Kind.FACTOR, Kind.PRODUCT), "row")
    section = {Phase.FORWARD: "Loss", Phase.BACKWARD: "Σ", Phase.UPDATE: "all"}
    return [("↓", block.get(step.kind, "next")), ("PgDn", "all δ" if step.kind is Kind.DELTA else section[step.phase])]


def _next_gradient(view: LessonView) -> str:
    """Where `n` leads: `(2) w23`, or the update."""
    cursor = destination(view.walk, Move("gradient", 1))
    where = view.script.step(cursor.step - 1).parameter_index or 0
    return "update" if cursor.step > view.script.backward_end else f"({where + 1}) {view.lesson.order[where].name}"


def draw_prompt(canvas: Canvas, box: Box, prompt: Prompt) -> None:
    """The question, and what is typed or the reply to it."""
    x = canvas.put(box.x + 1, box.y, f"{prompt.question}: ", CellStyle.KEY)
    room = box.right - x - 2
    how = f"{prompt.form}; Enter takes it, Esc leaves"
    reply = prompt.reply or ("" if prompt.text else how if canvas.length(how) <= room else prompt.form)
    if not prompt.reply.startswith(prompt.text):  # a reply that repeats what was entered stands for it
        room -= min(canvas.length(prompt.reply) + 1, room // 2)
    if not (prompt.reply and prompt.reply.startswith(prompt.text)):
        x = canvas.put(x, box.y, canvas.spelled(prompt.text)[-room:], CellStyle.TEXT)
        x = canvas.put(x, box.y, " ", CellStyle.FRESH) + 1
    canvas.put(x, box.y, canvas.shorten(reply, box.right - x - 1), CellStyle.TITLE if prompt.reply else CellStyle.MUTED)


def draw_note(canvas: Canvas, box: Box, note: str) -> None:
    """A message, until the next key."""
    canvas.put(box.x + 1, box.y, canvas.shorten(note, box.width - 2), CellStyle.TITLE)


def draw_keys(canvas: Canvas, box: Box, keys: Sequence[tuple[str, str]], is_typing: bool = False) -> None:
    """The keys from left to right, as many as fit; help and quit always, unless letters are being typed."""
    always = [(BY_ID[name].shown, word) for name, word in (("help", "keys"), ("quit", "quit")) if not is_typing]
    end = box.right - 1 - sum(canvas.length(f"{key} {word}") + 2 for key, word in always)
    x = box.x + 1
    for key, word in keys:
        if x + canvas.length(f"{key} {word}") > end:
            break
        x = _key(canvas, x, box.y, key, word)
    for key, word in always:
        x = _key(canvas, x, box.y, key, word)


def _key(canvas: Canvas, x: int, y: int, key: str, word: str) -> int:
    x = canvas.put(x, y, key, CellStyle.KEY)
    return canvas.put(x + 1, y, word, CellStyle.MUTED) + 2
