"""The whole screen of a lesson as one picture: which panel goes where at which size."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from engine.graph.step import Phase
from engine.lesson.lesson import Lesson
from engine.text.notation import ALL_DIGITS, DIGITS_SHOWN, fit_number
from engine.trace.chain import Form
from engine.trace.trace import Trace
from engine.walk.walk import Walk
from tui.config.keys import KEYS, KeyTable
from tui.view import compact, extras, factor_list, saved_file
from tui.view.canvas import Box, Canvas, CellStyle, Hint
from tui.view.compact import Opened
from tui.view.equation import equation
from tui.view.extras import LEAST_EXTRA, LEAST_PANEL
from tui.view.glyphs import Spelling
from tui.view.lesson_view import LessonView
from tui.view.panels import (
    chain_rule,
    deltas,
    forward,
    how,
    lines,
    summary,
    update,
    verdicts,
)
from tui.view.phase_panels import panel_of, phase_panel_of
from tui.view.prompt import Prompt
from tui.view.top_panels import drawn_height, drawn_panel_of, given_panel_of, listed_panel_of

LEAST = (80, 24)  # for all panels side by side
MULTIPLEXER_LINE = 1  # which tmux or screen takes for itself: all but an empty line fits without it
WIDE, TOP_HEIGHT = 110, 8
HOW_HEIGHT, LEAST_HOW = 6, 4  # of the panel that explains; a reason, a note and the tutor have its middle lines
MOST_SAID = 10  # lines of what is said to whom is asked
MOST_SHARED = 14  # lines of a phase's panel that one of another phase has too
LEAST_TABLE, LEAST_NETWORK = 33, 46  # columns


class Status(NamedTuple):
    """What is under way on the screen besides the walk: playing by itself, a note or a prompt in the last line; and how
    the learner has it: their keys, how many digits (None: as many as suit the width), how often they have turned to the
    columns that have no room, whether they have just changed the form of the chains, what they have opened in place of
    the chain, on a screen that has no room for both; what is wrong with the lesson's file, which somebody writes; and
    whether the training is looked at already.
    """

    is_playing: bool = False
    note: str = ""
    prompt: Prompt | None = None
    keys: KeyTable = KEYS
    digits: int | None = None
    turns: int = 0
    has_switched: bool = False
    opened: Opened = ""
    trouble: str = ""
    has_glance: bool = False


class Digits(NamedTuple):
    """How many decimals are `chosen` for the number in hand, and with how many all numbers are `shown`."""

    chosen: int
    shown: int

    @property
    def following(self) -> int:
        """What the key for more of them chooses next."""
        return next((digits for digits in DIGITS_SHOWN if digits > self.chosen), DIGITS_SHOWN[0])

    def __str__(self) -> str:
        chosen = "all" if self.chosen >= ALL_DIGITS else self.chosen
        room = f" of the number in hand, {self.shown} in the tables" * (self.shown < self.chosen)
        return f"{chosen} digits{room}"


def digits_for(walk: Walk, width: int, height: int, chosen: int | None) -> Digits:
    """How many digits a screen has: what suits its width and fits all tables; of the number in hand what is chosen."""
    wanted = chosen or DIGITS_SHOWN[width >= WIDE]
    shown = _digits_with_room(walk.trace.lesson, walk.trace.chains.form, width, height, wanted)
    return Digits(wanted if chosen else shown, shown)


@lru_cache(maxsize=8)
def _digits_with_room(lesson: Lesson, form: Form, width: int, height: int, wanted: int) -> int:
    """How many of the wanted digits fit every table; kept, since from one step to the next it is the same."""
    if not has_room(LEAST, width, height):
        return DIGITS_SHOWN[0]
    views = (LessonView(Walk(Trace(lesson, form)), digits) for digits in range(wanted, DIGITS_SHOWN[0], -1))
    return next((view.digits for view in views if _fits(view, width, height)), DIGITS_SHOWN[0])


def picture(walk: Walk, width: int, height: int, spelled: Spelling = str, status: Status | None = None) -> Canvas:
    """The screen for a walk: smaller than 80×24 the compact one. Where not even that has room, it says what is needed,
    and how the last number came about.
    """
    canvas, status = Canvas(width, height, spelled), status or Status()
    digits = digits_for(walk, width, height, status.digits)
    view = LessonView(walk, digits.shown, status.keys, status.turns, status.has_switched, digits.chosen,
                      status.trouble)
    view.has_glance = status.has_glance
    first: Sequence[Hint] = ()
    opened: Opened = ""
    if not has_room(compact.LEAST, width, height):
        _too_small(canvas, view)
        status = status._replace(note=status.note or status.trouble)
    else:
        lines.draw_header(canvas, Box(0, 0, width, 1), view, status.is_playing)
        below = Box(0, 1, width, height - 2)
        if has_room(LEAST, width, height):
            _draw_all(canvas, below, view)
        else:
            below = compact.draw_file_trouble(canvas, below, view)
            view.behind_keys = compact.behind_keys(view, below)
            opened = status.opened if status.opened in view.behind_keys else ""
            compact.draw(canvas, below, view, opened)
            first = compact.keys_below(view, opened)
    last = Box(0, height - 1, width, 1)
    lines.draw_last(canvas, last, view, status.is_playing, status.note, status.prompt, first, bool(opened))
    return canvas


def is_on_screen(walk: Walk, width: int, height: int, name: Opened) -> bool:
    """Whether the truth table or the network is there without a key for it."""
    return has_room(LEAST, width, height) or \
        name in compact.shown_beside(LessonView(walk), Box(0, 1, width, height - 2))


def has_room(least: tuple[int, int], width: int, height: int) -> bool:
    """Whether there is as much room; of the lines a multiplexer may take one."""
    return width >= least[0] and height >= least[1] - MULTIPLEXER_LINE


def _draw_all(canvas: Canvas, box: Box, view: LessonView) -> None:
    """Everything side by side, between the first line and the last: the table of rows and the network, the panel of the
    phase, what explains or judges its numbers, and below that what else has room.
    """
    top = _top(view, canvas.width, canvas.height)
    room = Box(0, top.bottom, box.width, box.bottom - top.bottom)
    if view.walk.results.is_open:
        said, said_height = verdicts.draw, _verdicts_height(canvas, view, room.height)
    else:
        said, said_height = how.draw, _how_height(canvas, view, room.height)
    left = room.height - said_height
    panel = room._replace(height=extras.panel_height(view, _wanted_height(canvas, view), left) if left else 0)
    if view.turns.presses:
        view.turns = view.turns._replace(screens=_most_pages(canvas, _sides(view, top)[0], panel, view))
    _draw_top(canvas, top, view)
    if left:
        panel_of(view).draw(canvas, panel, view)
    below, rest = room.cut(panel.height)[1].cut(said_height)
    said(canvas, below, view)
    if view.typed is not None and left and panel_of(view) is chain_rule:
        factor_list.draw_flow(canvas, how.room_below(canvas, below, view), chain_rule.unseen_terms(canvas, panel, view))
    extras.draw(canvas, rest, view)


def _most_pages(canvas: Canvas, table: Box, panel: Box, view: LessonView) -> int:
    """Of columns, in the table of rows or in the panel of the phase."""
    count, shown = given_panel_of(view).page_count(table, view), panel_of(view) if panel.height else None
    if shown is chain_rule:
        count = max(count, chain_rule.page_count(canvas, panel, view))
    elif shown is deltas:
        count = max(count, deltas.page_count(canvas, panel, view))
    return count


def _verdicts_height(canvas: Canvas, view: LessonView, room: int) -> int:
    """What shows them all, if the panel of the phase has room beside; else the whole room."""
    wanted = verdicts.wanted_height(canvas, canvas.width, view)
    return wanted if wanted + _wanted_height(canvas, view) <= room else room


def _wanted_height(canvas: Canvas, view: LessonView) -> int:
    """Of the panel of the phase, or between two epochs. In all phases it is the same while they are short."""
    if view.phase is None:
        return summary.wanted_height(canvas, canvas.width, view)
    row, chain = forward.most_height(view), chain_rule.wanted_height(view) + 1
    own = {Phase.FORWARD: row, Phase.BACKWARD: chain, Phase.UPDATE: update.wanted_height(view)}[view.phase]
    return max([own, *(height for height in (row, chain) if height <= MOST_SHARED)])


def _top(view: LessonView, width: int, height: int) -> Box:
    """The room for the table of rows and the network."""
    wanted = max(given_panel_of(view).wanted_height(view), drawn_height(view))
    return Box(0, 1, width, max(TOP_HEIGHT, min(wanted, TOP_HEIGHT + (height - LEAST[1]) // 2)))


def _sides(view: LessonView, box: Box) -> tuple[Box, Box]:
    """Of that, the table's and the network's, with a rule between: the table gives way where the network has all
    its digits then. A network that is not drawn but listed leaves the table more room, and gives way itself where the
    table shows every column then.
    """
    wanted, least = given_panel_of(view).widths(view)
    usual = 0 if view.lesson.formulas else LEAST_TABLE
    wanted = max(usual, wanted)
    for left in (wanted, max(usual, least), least):
        sides = _split(box, min(left, box.width - LEAST_NETWORK))
        if drawn_panel_of(view).fits(view, sides[1]):
            return sides
    room, most = (box.width - 1 - width for width in listed_panel_of(view).widths(view))
    is_shared = least <= most or view.lesson.formulas
    return _split(box, max(min(wanted, room), min(least, most)) if is_shared else min(wanted, room))


def _split(box: Box, left: int) -> tuple[Box, Box]:
    return Box(box.x, box.y, left, box.height), Box(box.x + left + 1, box.y, box.width - left - 1, box.height)


def _fits(view: LessonView, width: int, height: int) -> bool:
    """Whether every table has room for the view's digits, and leaves nothing out for them."""
    top, least = _top(view, width, height), LessonView(view.walk)
    left, right = _sides(view, top)
    if given_panel_of(view).widths(view)[1] > left.width or chain_rule.wanted_width(Canvas(0, 0), view) > width:
        return False
    drawn = drawn_panel_of(view)
    if not drawn.fits(least, _sides(least, top)[1]):
        return view.lesson.formulas is None or listed_panel_of(view).widths(view)[1] <= right.width
    return drawn.fits(view, right)


def _how_height(canvas: Canvas, view: LessonView, room: int) -> int:
    """Of the panel that explains; what is said to whom is asked has all the lines it takes. A reason or a note that
    would be cut has those that the panel of the phase leaves empty.
    """
    if saved_file.explains(view):
        return saved_file.wanted_height(canvas, view)
    height = _height_in_phase(canvas, view, room)
    if view.message:
        return max(height, min(how.question_height(canvas, view), MOST_SAID))
    is_explaining = view.typed is None and not view.walk.search and not view.walk.trouble
    if view.phase is None or not is_explaining:
        return height
    spare = room - phase_panel_of(view).wanted_height(view) + forward.lent_height(view)
    return max(height, min(how.wanted_height(canvas, view), spare)) if spare > height else height


def _height_in_phase(canvas: Canvas, view: LessonView, room: int) -> int:
    """Of the panel that explains: the same throughout a phase, so that nothing moves while there is room for what it
    says. `room` is what it shares with the panel of the phase. Where the lesson's words or the summary need it, and
    where an update is seen whole then, it takes less.
    """
    most = HOW_HEIGHT - (canvas.height < LEAST[1])
    if view.phase is None:
        return min(most, max(LEAST_HOW, room - summary.wanted_height(canvas, canvas.width, view)))
    left = room - update.wanted_height(view)
    is_tight = room < most + LEAST_PANEL + LEAST_EXTRA and LEAST_HOW <= left < most
    is_watching = view.walk.mode == "watch" and not view.walk.search
    return left if view.phase is Phase.UPDATE and is_watching and is_tight else most


def _draw_top(canvas: Canvas, box: Box, view: LessonView) -> None:
    if saved_file.stands_above(view):
        saved_file.draw(canvas, box, view)
        return
    left, right = _sides(view, box)
    given_panel_of(view).draw(canvas, left, view)
    if not drawn_panel_of(view).draw(canvas, right, view):
        listed_panel_of(view).draw(canvas, right, view)
    for y in range(box.y, box.bottom):
        canvas.put(left.right, y, "┬" if y == box.y else "│", CellStyle.RULE)


def say_what_is_needed(canvas: Canvas) -> None:
    """In the first line of a screen that has no room for the compact picture."""
    text = f"handgrad needs {compact.LEAST[0]}×{compact.LEAST[1]}; this is {canvas.width}×{canvas.height}."
    canvas.put(0, 0, canvas.shorten(text, canvas.width), CellStyle.KEY)


def _too_small(canvas: Canvas, view: LessonView) -> None:
    width, height = canvas.width, canvas.height
    say_what_is_needed(canvas)
    if view.typed is not None:
        how.draw_question(canvas, Box(0, 1, width, height - 2), view)
    elif view.entry and height >= 4 and not view.is_written(view.cursor.step - 1):
        canvas.put(0, 2, canvas.shorten(lines.position(view), width), CellStyle.MUTED)
        value = fit_number(view.entry.value, width, view.most_digits)
        x = canvas.put(0, 3, equation(canvas, view.entry, value, width, view.most_digits), CellStyle.VALUE)
        canvas.put(x, 3, value, CellStyle.FRESH)
