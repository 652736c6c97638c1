"""The pages that stand in front of a lesson: all keys and signs; what the learner knows. Pictures, without Textual."""

from collections.abc import Callable
from functools import partial

from engine.learner.progress import Progress
from engine.lesson.lesson import Lesson
from engine.lesson.notes import without_emphasis
from engine.text.notation import number
from engine.walk.walk import Walk
from tui.config.keys import COMMANDS, GRADIENTS_HELP, GRADIENTS_SHOWN
from tui.view.canvas import Box, Canvas, CellStyle, rule, wrap
from tui.view.glyphs import Spelling
from tui.view.report import as_text

SIGNS = (
    ("·", "not reached yet (which is not 0)"),
    ("[ ]", "the number just filled in"),
    ("▸", "the row, or the unit, in hand"),
    ("•", "reused: found before, in an earlier chain"),
    ("×", "by hand: your number was another"),
    ("═", "in the network: what the number goes through"),
    ("…", "there is more than fits here"),
    ("right", "the prediction is on its target's side of ½"),
    ("digits", "what is shown is rounded; nothing is rounded on the way"),
)
WHILE_ASKED = (("Enter", "take what is typed: a number, or a formula"), ("?", "a hint, each deeper than the last"),
               ("→", "fill the number in; by hand leave it open"), ("!", "why the last number is as it is"),
               ("=", "what the typed formula comes to"), ("Tab", "on to the next way: watch, practise, by hand"),
               ("Esc", "watch again"))
ENTRIES = (*((command.shown, command.help) for command in COMMANDS), (GRADIENTS_SHOWN, GRADIENTS_HELP),
           ("Esc", "stop what is under way"))


def page(name: str, walk: Walk, spelled: Spelling) -> Callable[[int, int, int], Canvas]:
    """What draws a page for a width, a height and a part: `help`, `skills` or `words`."""
    if name == "help":
        return partial(keys_and_signs, spelled=spelled)
    if name == "skills":
        return partial(skills, spelled=spelled, progress=walk.progress)
    trace, cursor = walk.trace, walk.cursor
    note = trace.note(cursor.epoch, cursor.step - 1) if cursor.step else ""
    return partial(words, spelled=spelled, lesson=trace.lesson, note=note)


def keys_and_signs(width: int, height: int, part: int, spelled: Spelling) -> Canvas:
    """The keys in two columns, movements forward and their reverses side by side; then the signs, in a part of their
    own where both don't fit.
    """
    canvas = Canvas(width, height, spelled)
    key_rows = 2 + len(ENTRIES) // 2
    fits = key_rows + len(SIGNS) + len(WHILE_ASKED) + 3 <= height
    if fits or part % 2 == 0:
        _keys(canvas)
    if fits or part % 2:
        y = key_rows if fits else 0
        for title, entries in (("Signs", SIGNS), ("Keys while you are asked", WHILE_ASKED)):
            rule(canvas, Box(0, y, width, 1), title)
            for line, (sign, words) in enumerate(entries, y + 1):
                canvas.put(1, line, sign, CellStyle.KEY)
                canvas.put(12, line, canvas.shorten(words, width - 13))
            y += 1 + len(entries)
    more = "" if fits else "  Space the keys" if part % 2 else "  Space signs, keys while asked"
    _leave(canvas, f"{more}  Ctrl+P all commands")
    return canvas


def _keys(canvas: Canvas) -> None:
    half = min(canvas.width // 2, 50)
    rule(canvas, Box(0, 0, canvas.width, 1), "Keys")
    for k, (keys, words) in enumerate(ENTRIES):
        x, y = half * (k % 2), 1 + k // 2
        canvas.put(x + 1, y, keys, CellStyle.KEY)
        canvas.put(x + 12, y, canvas.shorten(words, half - 12))


def skills(width: int, height: int, _part: int, spelled: Spelling, progress: Progress) -> Canvas:
    """What the learner knows, skill by skill."""
    canvas = Canvas(width, height, spelled)
    box = rule(canvas, Box(0, 0, width, height - 1), "What you know")
    for y, line in enumerate(as_text(progress).split("\n")[:box.height], box.y):
        canvas.put(1, y, canvas.shorten(line, width - 2))
    _leave(canvas, "")
    return canvas


def words(width: int, height: int, _part: int, spelled: Spelling, lesson: Lesson, note: str) -> Canvas:
    """What a lesson says: its introduction, what is to be reached, the note of the place in hand, what comes next."""
    canvas = Canvas(width, height, spelled)
    box = rule(canvas, Box(0, 0, width, height - 1), lesson.title)
    nothing = "The numbers are drawn: the lesson's own words are not about them." if lesson.drawn_from else \
        "This lesson has no introduction."
    text = [without_emphasis(lesson.introduction or nothing)]
    text += [f"\nLoss: {lesson.loss.words}. Learning rate: {number(lesson.learning_rate)}."]
    text += [f"Goal: {lesson.goal}."] * (lesson.goal is not None)
    text += [f"Best after: {', '.join(lesson.requires)}."] * bool(lesson.requires)
    text += [f"Next: {lesson.next}."] * bool(lesson.next)
    text += [f"\nHere: {note}"] * bool(note)
    for y, line in enumerate(wrap(canvas, "\n".join(text), width - 2)[:box.height], box.y):
        canvas.put(1, y, line)
    _leave(canvas, "")
    return canvas


def _leave(canvas: Canvas, more: str) -> None:
    canvas.put(0, canvas.height - 1, " " * canvas.width)
    canvas.put(1, canvas.height - 1, f"Esc back to the lesson{more}", CellStyle.KEY)
