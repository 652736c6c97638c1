"""The first and the last line of the screen: where we are, and which keys matter now."""

from collections.abc import Sequence

from engine.progress import Mode
from engine.session import Move, act, derivable
from engine.step import Kind, Phase
from tui.keys import BY_ID
from tui.prompt import Prompt
from tui.scene import Scene
from tui.view import Box, Canvas, Role


def draw_header(canvas: Canvas, box: Box, scene: Scene) -> None:
    """The name and title at the left, the place at the right."""
    x = canvas.put(box.x + 1, box.y, "handgrad", Role.TITLE)
    place = position(scene)
    room = box.width - x - canvas.length(place) - 5
    changes = f"what if {', '.join(map(str, scene.session.changes))}" if scene.session.changes else \
        "new numbers" if scene.lesson.drawn_from else ""
    if room > 8:
        canvas.put(x + 2, box.y, canvas.cut(changes or scene.lesson.title, room),
                   Role.TITLE if changes else Role.MUTED)
    canvas.put_right(box.right - 1, box.y, place, Role.TEXT)


def position(scene: Scene) -> str:
    """`epoch 1 · backward · (1) w13 · row 2/4 · 38/239`."""
    parts, step = [f"epoch {scene.cursor.epoch}"], scene.step
    if step:
        parts.append(step.phase.value)
        if step.place is not None:
            parts.append(f"({step.place + 1}) {scene.lesson.order[step.place].name}")
        if step.row is not None:
            parts.append(f"row {step.row + 1}/{scene.lesson.rows}")
    parts.append(f"{scene.cursor.step}/{scene.script.length}")
    return " · ".join(parts)


def keys_now(scene: Scene, is_playing: bool, mode: Mode) -> Sequence[tuple[str, str]]:
    """The keys that matter at this place and where they lead, the most useful first."""
    if is_playing:
        return (("a", "stop"), ("+ −", "speed"))
    why = [("!", "why")] * (scene.cursor.step > 0 and not scene.written)  # of the last number, if it is judged
    if scene.typed is not None and mode == "by hand":
        return (("Enter", "write down"), ("→", "leave open"), ("←", "change the last"), *why,
                ("Tab", "watch"), ("=", "calculate"))
    if scene.typed is not None:
        return (("Enter", "check"), ("?", "hint"), ("→", "fill in"), ("Esc", "watch"), ("←", "back"), *why,
                ("=", "calculate"), ("Tab", "by hand"), *_onward(scene))
    if mode != "watch":
        return (("Enter", "go on"), ("←", "back"), ("Esc", "watch"))
    keys = [("→", "step"), ("←", "back")]
    if scene.session.changes:
        keys += [("z", "undo change"), ("o", "own numbers")]
    elif scene.lesson.drawn_from:
        keys += [("o", "own numbers"), ("x", "others")]
    keys += [*_onward(scene), ("n", _next_gradient(scene)), ("p", "practise")]
    if scene.session.derivation:
        keys.append(("d", "close"))
    elif derivable(scene.session) is not None:
        keys.append(("d", "sig′"))
    return (*keys, ("e", f"epoch {scene.cursor.epoch + 1}"), ("a", "play"), ("g", "go to"), ("u", "undo"))


def _onward(scene: Scene) -> list[tuple[str, str]]:
    """What ↓ and PgDn finish: they go by the number that comes next."""
    if scene.cursor.step == scene.script.length:
        return [("↓", f"epoch {scene.cursor.epoch + 1}")]
    step = scene.script.step(scene.cursor.step)
    block = {Kind.NET_INPUT: "unit", Kind.ACTIVATION: "unit"} | dict.fromkeys(
        (Kind.DELTA, Kind.FACTOR, Kind.PRODUCT), "row")
    section = {Phase.FORWARD: "Loss", Phase.BACKWARD: "Σ", Phase.UPDATE: "all"}
    return [("↓", block.get(step.kind, "next")), ("PgDn", "all δ" if step.kind is Kind.DELTA else section[step.phase])]


def _next_gradient(scene: Scene) -> str:
    """Where `n` leads: `(2) w23`, or the update."""
    cursor = act(scene.session, Move("gradient", 1)).cursor
    place = scene.script.step(cursor.step - 1).place or 0
    return "update" if cursor.step > scene.script.backward_end else f"({place + 1}) {scene.lesson.order[place].name}"


def draw_prompt(canvas: Canvas, box: Box, prompt: Prompt) -> None:
    """The question, and what is typed or the reply to it."""
    x = canvas.put(box.x + 1, box.y, f"{prompt.question}: ", Role.KEY)
    room = box.right - x - 2
    how = f"{prompt.form}; Enter takes it, Esc leaves"
    reply = prompt.reply or ("" if prompt.text else how if canvas.length(how) <= room else prompt.form)
    if not prompt.reply.startswith(prompt.text):  # a reply that repeats what was entered stands for it
        room -= min(canvas.length(prompt.reply) + 1, room // 2)
    if not (prompt.reply and prompt.reply.startswith(prompt.text)):
        x = canvas.put(x, box.y, canvas.spelled(prompt.text)[-room:], Role.TEXT)
        x = canvas.put(x, box.y, " ", Role.FRESH) + 1
    canvas.put(x, box.y, canvas.shortened(reply, box.right - x - 1), Role.TITLE if prompt.reply else Role.MUTED)


def draw_note(canvas: Canvas, box: Box, note: str) -> None:
    """A message, until the next key."""
    canvas.put(box.x + 1, box.y, canvas.shortened(note, box.width - 2), Role.TITLE)


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
    x = canvas.put(x, y, key, Role.KEY)
    return canvas.put(x + 1, y, word, Role.MUTED) + 2
