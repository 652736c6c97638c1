"""The picture of training at a glance: curve, map, figures and words; in front of the lesson, or at its right."""

from collections.abc import Callable, Iterator, Sequence

from engine.trace.variants import FORM
from engine.walk.walk import Walk
from tui.config.keys import GLANCE
from tui.view import compact
from tui.view.canvas import Box, Canvas, CellStyle, Hint, rule, wrap
from tui.view.glance import Glance, curves, is_any_hidden, is_hidden, room_beside
from tui.view.glance_words import say_briefly, say_map_waits
from tui.view.glyphs import Spelling
from tui.view.layout import LEAST, WIDE, has_room, say_what_is_needed
from tui.view.lesson_view import LessonView
from tui.view.panels import loss_curve, plane_map
from tui.view.panels.lines import draw_hints, draw_note
from tui.view.prompt import draw_line

LEAST_BESIDE = 29  # columns
WORDS, WORDS_BESIDE, LEAST_WORDS = 4, 8, 5  # lines: below both pictures; below one another; where these are low
TALL = 30  # lines of what stands beside the lesson
TAKES = "Enter takes it, Esc leaves"


def lesson_width(width: int) -> int:
    """How many columns of a screen the lesson keeps; all of them where the glance covers it."""
    return width if width < WIDE else max(LEAST[0], min(width - LEAST_BESIDE - 1, width * 2 // 3))


def picture(glance: Glance, walk: Walk, width: int, height: int, spelled: Spelling,
            draw_lesson: Callable[[int, int], Canvas]) -> Canvas:
    """The screen while the keys are the glance's own."""
    last = Box(0, height - 1, width, 1)
    if width >= WIDE:
        canvas = beside(glance, walk, width, draw_lesson(lesson_width(width), height))
        canvas.put(0, last.y, " " * width)
        canvas.caret = None
    else:
        canvas = Canvas(width, height, spelled)
        if has_room(compact.LEAST, width, height):
            _draw_covering(canvas, glance, walk)
        else:
            say_what_is_needed(canvas)
    _draw_last(canvas, last, glance, walk)
    return canvas


def beside(glance: Glance, walk: Walk, width: int, lesson: Canvas, closes: Sequence[Hint] | None = None) -> Canvas:
    """A lesson's picture with the glance at its right, which has all lines but the last. `closes` is the key by which
    it is closed, where the other keys are the lesson's.
    """
    canvas = Canvas(width, lesson.height, lesson.spelled)
    canvas.place(0, lesson)
    box = Box(lesson.width + 1, 0, width - lesson.width - 1, lesson.height - 1)
    for y in range(box.bottom):
        canvas.put(lesson.width, y, "│", CellStyle.RULE)
    pictures, words = box.cut(box.height - (WORDS_BESIDE if box.height >= TALL else LEAST_WORDS))
    above, below = pictures.cut(pictures.height * 9 // 20)
    _draw_pictures(canvas, above, below, pictures, glance, walk, closes)
    _draw_words(canvas, words, glance, walk)
    return canvas


def _draw_covering(canvas: Canvas, glance: Glance, walk: Walk) -> None:
    """In place of the lesson: its name above, the curve at the left, the map at the right, the words below."""
    x = canvas.put(canvas.put(1, 0, "handgrad", CellStyle.TITLE) + 2, 0, "training", CellStyle.KEY) + 2
    where = f"you are in epoch {walk.cursor.epoch}" * glance.lesson.trains
    canvas.put(x, 0, canvas.cut(walk.trace.lesson.title, canvas.width - x - len(where) - 3), CellStyle.MUTED)
    canvas.put_right(canvas.width - 1, 0, where)
    both, words = Box(0, 1, canvas.width, canvas.height - 2).cut(canvas.height - 2 - WORDS)
    left = both._replace(width=(both.width - 1) // 2)
    right = both._replace(x=left.right + 1, width=both.width - left.width - 1)
    _draw_pictures(canvas, left, right, both, glance, walk)
    _draw_words(canvas, words, glance, walk)


def _draw_pictures(canvas: Canvas, curve: Box, plane: Box, whole: Box, glance: Glance, walk: Walk,
                   closes: Sequence[Hint] | None = None) -> None:
    """Curve and map in a box each; one alone has all the room."""
    if not glance.lesson.trains:
        plane = whole
    if glance.shown_plane is None:
        curve = whole
    else:
        _draw_map(canvas, plane, glance, walk, are_keys_here=closes is None)
    if glance.lesson.trains:
        hints = [(f"{GLANCE.sign('more')} {GLANCE.sign('fewer')}", "span"),
                 GLANCE.hint("scale", "linear" if glance.is_log else "log")]
        room = rule(canvas, curve, walk.trace.symbols.loss.name, hints if closes is None else closes)
        is_log = glance.is_log and not is_any_hidden(walk)  # whose figures are Losses
        loss_curve.draw(canvas, room, curves(glance, walk), glance.last, glance.epoch, is_log,
                        is_told=not is_hidden(walk, glance.epoch))


def _draw_map(canvas: Canvas, box: Box, glance: Glance, walk: Walk, are_keys_here: bool) -> None:
    plane = glance.shown_plane
    if plane is None:
        return
    place = f"{glance.plane + 1}/{len(glance.planes)}"
    hints = [(f"{GLANCE.sign('plane_back')} {GLANCE.sign('plane')}", place)] * (len(glance.planes) > 1)
    box = rule(canvas, box, plane.title, hints * are_keys_here)
    if is_hidden(walk, glance.epoch):
        for y, line in enumerate(wrap(canvas, say_map_waits(walk), box.width - 2)[:box.height], box.y):
            canvas.put(box.x + 1, y, line, CellStyle.MUTED)
    elif walk.trace.is_at_hand(glance.epoch):
        step = LessonView(walk).step
        plane_map.draw(canvas, box, walk.trace, glance.epoch, plane, step.row if step else None)
    else:
        reached = min(walk.trace.history.losses_until, glance.epoch)
        canvas.put(box.x + 1, box.y + 1, f"training: epoch {reached} of {glance.epoch}", CellStyle.MUTED)


def _draw_words(canvas: Canvas, box: Box, glance: Glance, walk: Walk) -> None:
    """The epoch's figures, what the curve and the map say, as far as there is room."""
    box = rule(canvas, box, f"Epoch {glance.epoch}" * glance.lesson.trains)
    for y, line in enumerate(_fit(canvas, say_briefly(glance, walk), box.width - 2, box.height), box.y):
        canvas.put(box.x + 1, y, line)


def _fit(canvas: Canvas, texts: Iterator[str], width: int, height: int) -> Sequence[str]:
    """The lines of the texts that have room whole, each beginning one; behind a single one rather than not at all. The
    first is there in any case.
    """
    def lines_of(texts: Sequence[str]) -> Sequence[str]:
        return [line for text in texts for line in wrap(canvas, text, width)]
    chosen = [next(texts)]
    for text in texts:
        ways = [[*chosen, text], *[[f"{chosen[0]} {text}"]] * (len(chosen) == 1)]
        chosen = next((way for way in ways if len(lines_of(way)) <= height), chosen)
    lines = lines_of(chosen)
    return lines if len(lines) <= height else \
        [*lines[:height - 1], canvas.cut(" ".join(lines[height - 1:]), width)]


def _draw_last(canvas: Canvas, box: Box, glance: Glance, walk: Walk) -> None:
    """What is typed, what is wrong with it above; else what the last key has to say, else the keys."""
    if glance.line is not None:
        x = canvas.put(1, box.y, "beside: " if glance.names else "epoch: ", CellStyle.KEY)
        words = f"{FORM}; {TAKES}" if glance.names and not glance.said else TAKES
        room = box.width - x - 1
        x = draw_line(canvas, x, box.y, max(room - canvas.length(words) - 1, room // 2), glance.line) + 1
        canvas.put(x, box.y, canvas.cut(words, box.right - x), CellStyle.MUTED)
        if glance.said:
            draw_note(canvas, box._replace(y=box.y - 1), glance.said)
    elif glance.said:
        draw_note(canvas, box, glance.said)
    else:
        is_here, is_wide = glance.epoch == walk.cursor.epoch, canvas.width >= WIDE
        onward = "keep beside" if is_here else "go on" + f" in epoch {glance.epoch}" * is_wide
        ends = [*[GLANCE.hint("on", onward)] * (is_wide or not is_here), GLANCE.hint("leave")]
        draw_hints(canvas, box, _keys_now(glance, walk), ends)


def _keys_now(glance: Glance, walk: Walk) -> Sequence[Hint]:
    """The most useful first."""
    if not glance.lesson.trains:
        return ()
    has_room = len(glance.variants) < room_beside(walk)
    return ((f"{GLANCE.sign('epoch_back')} {GLANCE.sign('epoch')} 0-9", "epoch"), GLANCE.hint("rates"),
            GLANCE.hint("optimizers"), *[GLANCE.hint("away")] * bool(glance.variants),
            *[GLANCE.hint("beside")] * has_room)
