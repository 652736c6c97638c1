"""The lessons to choose from, with how far the learner is in each."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from engine.course.course import Item, by_group, requirements
from engine.learner.progress import Bookmark
from engine.lesson.lesson import Lesson
from engine.text.notation import with_count
from engine.text.printable import printable
from tui.config.keys import MENU
from tui.view.canvas import Box, Canvas, CellStyle, cut_mark, rule, window
from tui.view.glyphs import Spelling

ABOUT_HEIGHT, LEAST_FOR_ABOUT = 4, 11
TITLE_WIDTH, BESIDE_TITLE, LEAST_BESIDE = 46, 32, 19
LEAST_FOR_REQUIRED = 75  # columns; what is below the list names them, too


class Menu(NamedTuple):
    """What the menu shows: the lessons, which is chosen, what is typed to filter them (None: nothing), and where the
    learner is in each.
    """

    items: Sequence[Item]
    bookmarks: Mapping[str, Bookmark]
    chosen: int = 0
    filter: str | None = None
    message: str = ""

    @property
    def matches(self) -> list[Item]:
        """The lessons whose id or title has what is typed in it."""
        wanted = (self.filter or "").lower()
        return [item for item in self.items if wanted in item.title.lower() or wanted in item.name.lower()
                or (item.lesson and wanted in item.lesson.id)]


def picture(width: int, height: int, spelled: Spelling, menu: Menu) -> Canvas:
    """A line for each lesson, and one for each group of them; for the one that is chosen, what it is about."""
    canvas = Canvas(width, height, spelled)
    box = rule(canvas, Box(0, 0, width, height), "Lessons")
    items = menu.matches
    about = ABOUT_HEIGHT if height >= LEAST_FOR_ABOUT else 0
    lines = list(_lines(items))
    chosen = lines.index(items[menu.chosen]) if items else 0
    rows = window(len(lines), max(box.height - about - 1, 1), chosen)
    for y, k in enumerate(rows, box.y):
        canvas.put(1, y, "▸" if k == chosen else cut_mark(k, rows, len(lines)), CellStyle.PATH)
        match lines[k]:
            case Item() as item:
                _item(canvas, Box(0, y, width, 1), item, menu, CellStyle.TITLE if k == chosen else CellStyle.TEXT)
            case str(name):
                canvas.put(3, y, canvas.shorten(name, width - 4), CellStyle.NAME)
    if not items:
        canvas.put(2, box.y, "No lesson has that in its name.", CellStyle.MUTED)
    elif about:
        _about(canvas, Box(0, box.bottom - about - 1, width, about), items[menu.chosen], menu)
    last = menu.message or (_keys() if menu.filter is None else f"/{menu.filter}▏ Enter takes it, Esc shows all")
    canvas.put(1, height - 1, canvas.shorten(last, width - 2), CellStyle.KEY)
    return canvas


def _keys() -> str:
    """`↑ ↓ choose  Enter play  / filter  Esc back`."""
    hints = [MENU.hint(name) for name in ("line_down", "play", "filter", "leave")]
    return f"{MENU.sign('line_up')} " + "  ".join(map(" ".join, hints))


def _lines(items: Sequence[Item]) -> Iterator[Item | str]:
    """The lessons, the name of each group above its first."""
    for name, group in by_group(items):
        yield from [name] * bool(name)
        yield from group


def _item(canvas: Canvas, box: Box, item: Item, menu: Menu, style: CellStyle) -> None:
    room = max(min(TITLE_WIDTH, box.width - (BESIDE_TITLE if box.width >= LEAST_FOR_REQUIRED else LEAST_BESIDE)), 8)
    canvas.put_right(6, box.y, str(menu.items.index(item) + 1), CellStyle.MUTED)
    canvas.put(7, box.y, canvas.shorten(item.title, room), style if item.lesson else CellStyle.MUTED)
    how_far = item.how_far(item.bookmark_in(menu.bookmarks))
    canvas.put(8 + room, box.y, how_far, CellStyle.RIGHT if how_far == "done" else CellStyle.MUTED)
    if (required := requirements(item, menu.items)) and box.width >= LEAST_FOR_REQUIRED:
        text = f"after {', '.join(label for label, _ in required)}"
        canvas.put(19 + room, box.y, canvas.cut(text, max(box.width - room - 20, 0)), CellStyle.MUTED)


def _about(canvas: Canvas, box: Box, item: Item, menu: Menu) -> None:
    """The chosen lesson's network and goal, or why it can't be read."""
    box = rule(canvas, box, printable(item.name, 200))
    lesson = item.lesson
    if lesson is None:
        canvas.put(1, box.y, canvas.shorten(item.problem, box.width - 2), CellStyle.WRONG)
        return
    canvas.put(1, box.y, canvas.shorten(_what_it_is(lesson), box.width - 2))
    undone = [f"{label} {other.title}" if other else label for label, other in requirements(item, menu.items)
              if not (other and other.is_done(other.bookmark_in(menu.bookmarks)))]
    words = [f"Goal: {lesson.goal}."] * (lesson.goal is not None) + \
        [f"Best done before, and not done yet: {'; '.join(undone)}."] * bool(undone)
    for y, text in enumerate(words, box.y + 1):
        canvas.put(1, y, canvas.cut(text, box.width - 2), CellStyle.MUTED)


def _what_it_is(lesson: Lesson) -> str:
    """`2-2-1 units, 4 rows, mean squared error, learning rate 0.5`; of formulas `4 nodes, 3 parameters`."""
    formulas, rate = lesson.formulas, [f"learning rate {lesson.learning_rate:g}"] * lesson.trains
    if formulas is None:
        units = f"{'-'.join(map(str, lesson.network.sizes))} units"
        return ", ".join([units, with_count(lesson.rows, "row"), lesson.loss.words, *rate])
    made = [with_count(lesson.rows, "row"), lesson.loss.words] if lesson.rows > 1 else \
        [with_count(len(formulas.names), "parameter")]
    return ", ".join([with_count(len(formulas.nodes), "node"), *made, *rate])
