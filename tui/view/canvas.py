"""Pictures made of text: a canvas of cells, each a character with a style. No Textual here: a picture is data."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from rich.cells import cell_len as cells
from rich.cells import chop_cells

from engine.lesson.notes import unwrap_lines
from engine.text.notation import align_point
from tui.view.cutting import places_to_cut, whole_terms
from tui.view.glyphs import Spelling


class CellStyle(Enum):
    """What a piece of text is there for. The style sheet says how each looks; see `Board` for the classes."""

    __hash__ = object.__hash__  # much faster than an enumeration's own, and looked up for every cell

    TEXT = "text"
    MUTED = "muted"
    RULE = "rule"  # lines between panels
    TITLE = "title"
    NAME = "name"  # of a quantity
    VALUE = "value"
    FRESH = "fresh"  # the number just filled in
    REUSED = "reused"  # a factor that an earlier chain gave
    PATH = "path"  # what the number just filled in goes through
    RIGHT = "right"
    WRONG = "wrong"
    KEY = "key"


class Box(NamedTuple):
    """A part of a canvas."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The column behind its last."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The row behind its last."""
        return self.y + self.height

    def cut(self, height: int) -> tuple["Box", "Box"]:
        """Its upper lines, so many, and the others."""
        return self._replace(height=height), Box(self.x, self.y + height, self.width, self.height - height)


Hint = tuple[str, str]  # a key's sign, and what it does here
CORNERS = {"dr": "┌", "ur": "└", "dl": "┐", "ul": "┘", "udr": "├", "udl": "┤", "dlr": "┬", "ulr": "┴",
           "udlr": "┼", "lr": "─"}  # of wires, by their arms
MARKED_CORNERS = {"┌": "╔", "└": "╚", "┐": "╗", "┘": "╝"}
ROWS_CUT_ASCII, COLUMNS_CUT_ASCII = ":", ">"  # a `…` in one cell; a dot alone would be overlooked
LEAST_WRAPPED = 4  # columns; narrower, what is drawn is cut off
PAUSES = " ,:;"  # which need no sign that something is left out
LONGEST_WORD = 14  # that is rather left out than cut


class Canvas:
    """Cells to draw on. What is drawn outside is cut off; callers leave the room, or a `…`.

    `spelled` gives the text that is shown for a text; `caret` is where the next character goes that is typed.
    """

    caret: tuple[int, int] | None = None

    def __init__(self, width: int, height: int, spelled: Spelling = str) -> None:
        self.width, self.height, self.spelled = width, height, spelled
        self._characters = [[" "] * width for _ in range(height)]
        self._styles = [[CellStyle.TEXT] * width for _ in range(height)]
        self._rows_with_wide: set[int] = set()

    def place(self, x: int, picture: "Canvas") -> None:
        """Put a whole picture of this height from a column on, its caret too."""
        for y in range(self.height):
            self._characters[y][x:x + picture.width] = picture._characters[y]
            self._styles[y][x:x + picture.width] = picture._styles[y]
        self._rows_with_wide |= picture._rows_with_wide
        if picture.caret:
            self.caret = picture.caret[0] + x, picture.caret[1]

    def length(self, text: str) -> int:
        """How many cells a text takes here."""
        text = self.spelled(text)
        return len(text) if text.isascii() else cells(text)

    def put(self, x: int, y: int, text: str, style: CellStyle = CellStyle.TEXT) -> int:
        """Draw a text; returns the column behind it."""
        text = self.spelled(text)
        if y in self._rows_with_wide or not (text.isascii() or is_single(text)):
            return self._put_each(x, y, text, style)
        end = x + len(text)
        if text and 0 <= y < self.height:
            if x < 0 or end > self.width:
                x, text = max(x, 0), text[max(-x, 0):max(self.width - x, 0)]
            self._characters[y][x:x + len(text)] = text
            self._styles[y][x:x + len(text)] = [style] * len(text)
        return end

    def _put_each(self, x: int, y: int, text: str, style: CellStyle) -> int:
        """The same where characters take two cells, or none."""
        self._rows_with_wide.add(y)
        for character in text:
            width = cells(character)
            if 0 <= y < self.height and 0 <= x <= self.width - width:
                if width:
                    self._clear_halves(x, x + width, y)
                    self._characters[y][x:x + width] = [character, *[""] * (width - 1)]
                    self._styles[y][x:x + width] = [style] * width
                elif x:
                    self._characters[y][x - 1] += character
            x += width
        return x

    def _clear_halves(self, start: int, end: int, y: int) -> None:
        """What is left of wide characters that are about to be half overwritten becomes blank."""
        row = self._characters[y]
        if not row[start] and start:
            row[start - 1] = " "
        if end < self.width and not row[end]:
            row[end] = " "

    def mark(self, x: int, y: int, sign: str, style: CellStyle = CellStyle.MUTED) -> None:
        """Draw a sign where there is room for one cell."""
        text = self.spelled(sign)
        self.put(x, y, text if len(text) < 2 else ROWS_CUT_ASCII, style)

    def mark_cut(self, x: int, y: int) -> None:
        """Say that columns are left out, where there is room for one cell."""
        self.mark(x, y, "…" if self.spelled("…") == "…" else COLUMNS_CUT_ASCII)

    def put_right(self, end: int, y: int, text: str, style: CellStyle = CellStyle.TEXT) -> None:
        """Draw a text that ends before column `end`."""
        self.put(end - self.length(text), y, text, style)

    def shorten(self, text: str, width: int) -> str:
        """Text as shown here, cut to a width: its middle gives way to a `…`, never a part of a number."""
        text, sign = self.spelled(text), self.spelled("…")[:width]
        if cells(text) <= width:
            return text
        keep = max(width - len(sign), 0)
        if cells(text) > len(text):  # wide characters: cut the end, a character at a time
            while text and cells(text) > keep:
                text = text[:-1]
            return text + sign
        places = places_to_cut(text)
        left = text[:max(place for place in places if place <= (keep + 1) // 2)]
        right = text[min(place for place in places if place >= len(text) - keep // 2):]
        whole_left, whole_right = whole_terms(text, left, right)
        if len(whole_left) + len(whole_right) > keep // 2:  # cut between terms, so that no half one looks like another
            left, right = whole_left, whole_right
        return left + sign + right

    def cut(self, text: str, width: int, sign: str = "…") -> str:
        """Text as shown here, cut to a width at its end, with a sign; never within a number, nor behind a pause."""
        text, sign = self.spelled(text), self.spelled(sign)[:width]
        if cells(text) <= width:
            return text
        kept = text
        while kept and cells(kept + sign) > width:
            kept = kept[:-1]
        text = text[:max(place for place in places_to_cut(text) if place <= len(kept))]
        start, space, end = text.rpartition(" ")
        return (start if space and len(end) < LONGEST_WORD else text).rstrip(PAUSES) + sign

    def row(self, y: int) -> Iterator[tuple[str, CellStyle]]:
        """The cells of a row: character and style."""
        return zip(self._characters[y], self._styles[y], strict=True)

    def has_wide(self, y: int) -> bool:
        """Whether a row may have characters that don't take one cell."""
        return y in self._rows_with_wide

    def first(self, style: CellStyle) -> tuple[int, int] | None:
        """Column and row of the first cell with a style."""
        for y, row in enumerate(self._styles):
            if style in row:
                x = row.index(style)
                return x + (self._characters[y][x] == "["), y
        return None

    def changed_rows(self, before: "Canvas") -> list[int]:
        """The rows that differ from another canvas's of the same size."""
        return [y for y in range(self.height)
                if self._characters[y] != before._characters[y] or self._styles[y] != before._styles[y]]

    def text(self) -> str:
        """The whole picture as plain text."""
        return "\n".join("".join(row).rstrip() for row in self._characters)


@lru_cache(maxsize=4096)
def is_single(text: str) -> bool:
    """Whether every character takes one cell."""
    return text.isascii() or all(cells(character) == 1 for character in text)


def window(total: int, room: int, focus: int) -> range:
    """Which of `total` items to show in `room` places, so that `focus` is among them, near the middle."""
    start = max(0, min(focus - room // 2, total - room))
    return range(start, min(start + room, total))


def cut_mark(item: int, shown: range, total: int) -> str:
    """`…` for the first or last item shown if there are more beyond it."""
    return "…" if (item == shown[0] and item > 0) or (item == shown[-1] and item < total - 1) else ""


def wrap(canvas: Canvas, text: str, width: int) -> list[str]:
    """A text as lines of a width, as they are spelled here; its own line breaks stay, and its lists hang."""
    return list(_wrap(canvas.spelled(text).rstrip(), max(width, LEAST_WRAPPED)))


def join_lines(canvas: Canvas, text: str, width: int) -> str:
    """A lesson's text for a width: the lines that a paragraph was written in stay where all of them have room; else
    they are joined, but for the items of a list.
    """
    paragraphs = re.split(r"\n\s*\n", text)
    return "\n\n".join(
        paragraph if all(canvas.length(line) <= width for line in paragraph.split("\n"))
        else "\n".join(unwrap_lines(paragraph)) for paragraph in paragraphs)


@lru_cache(maxsize=256)  # from one picture to the next most texts are the same
def _wrap(text: str, width: int) -> Sequence[str]:
    lines = list[str]()
    for line in text.split("\n"):
        hang = "  " if line.startswith("- ") else ""
        pieces = textwrap.wrap(line, width, subsequent_indent=hang, replace_whitespace=False)
        for piece in pieces or [""]:  # which has so many characters; some may take two cells
            lines += [piece] if cells(piece) <= width else chop_cells(piece, width)
    return lines


def rule(canvas: Canvas, box: Box, title: str, hints: Sequence[Hint] = ()) -> Box:
    """A titled line along a box's top, at its right end what keys do there; returns the room below it."""
    canvas.put(box.x, box.y, "─" * box.width, CellStyle.RULE)
    x = box.right - 1
    for hint in reversed(hints):
        x -= hint_width(canvas, hint) + 2
        canvas.put(x, box.y, " ")
        canvas.put(put_hint(canvas, x + 1, box.y, (hint[0], hint[1].rstrip())), box.y, " ")
    if title:
        canvas.put(box.x + 1, box.y, f" {canvas.shorten(title, x - box.x - 3)} ", CellStyle.TITLE)
    return Box(box.x, box.y + 1, box.width, box.height - 1)


def hint_width(canvas: Canvas, hint: Hint) -> int:
    """How many cells a key and its word take."""
    return sum(map(cells, _spell_hint(canvas.spelled, hint)))


def put_hint(canvas: Canvas, x: int, y: int, hint: Hint) -> int:
    """Draw a key and its word; returns the column behind both."""
    key, word = _spell_hint(canvas.spelled, hint)
    return canvas.put(canvas.put(x, y, key, CellStyle.KEY), y, word, CellStyle.MUTED)


@lru_cache(maxsize=256)
def _spell_hint(spelled: Spelling, hint: Hint) -> tuple[str, str]:
    """A key and its word as they are shown. A word with spaces behind it keeps its length, however it is spelled."""
    key, word = hint
    shown = spelled(word.rstrip())
    return f"{spelled(key)} ", shown + " " * (len(word) - cells(shown))


def figure(canvas: Canvas, x: int, y: int, text: str, style: CellStyle, before: int = 2, mark: str = "") -> int:
    """Draw a number with its decimal point behind `before` characters; a fresh one stands in brackets.

    So it is found without colour too. The cells on both sides must be free; a mark goes to its left. Returns the
    column behind the number.
    """
    padded = align_point(text, before)
    start, end = x + len(padded) - len(text), x + len(padded)
    if style is CellStyle.FRESH:
        canvas.put(start - 1, y, f"[{text}]", style)
    else:
        canvas.put(start - 1, y, mark, style)
        canvas.put(start, y, text, style)
    return end
