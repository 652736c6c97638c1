"""Which sheet a lesson makes: its head, what is given, and the sections that are asked for."""

from collections.abc import Iterable, Iterator, Sequence

from engine.export.in_words import ROUNDED, facts_in_words, parameters_in_words
from engine.export.selection import Selection
from engine.export.sheet.checks import DIGITS, OF_A_COMPUTER
from engine.export.sheet.mistakes import Mistakes
from engine.export.sheet.sections import Sections
from engine.export.sheet.sheet import Column, Row, Section, Sheet, Table
from engine.lesson.lesson import Lesson
from engine.text.notation import number
from engine.trace.trace import Trace

TASK = ("Fill in every blank. Go on with all digits that you have; write down five decimals, of a small number three "
        "digits, as 1.23e−7.")

OF_MISTAKES = ("Below the tables stands what mistakes give, of every kind of number once; a question bank, --format "
               "gift, has it for each.")


def compose_sheet(trace: Trace, play: str, seed: int | None, epochs: int, selection: Selection,
                  with_checks: bool = False) -> Sheet:
    """A blank sheet; `play` is the command that has the same numbers on the screen. With checks each gradient is to be
    found by small differences, too.
    """
    sections = Sections(trace, epochs, selection, with_checks=with_checks)
    return _compose(trace, seed, [*_words(trace.lesson, play, seed), TASK, *[DIGITS] * with_checks], sections)


def compose_key(trace: Trace, play: str, seed: int | None, epochs: int, selection: Selection,
                with_checks: bool = False) -> Sheet:
    """The same with its numbers, and what mistakes would give instead."""
    sections = Sections(trace, epochs, selection, is_key=True, with_checks=with_checks)
    words = [*_words(trace.lesson, play, seed, is_key=True), OF_MISTAKES, *[OF_A_COMPUTER] * with_checks]
    return _compose(trace, seed, words, map(Mistakes(trace).after, sections), is_key=True)


def _compose(trace: Trace, seed: int | None, words: Sequence[str], sections: Iterable[Section],
             is_key: bool = False) -> Sheet:
    return Sheet(trace.lesson, is_key, name_numbers(seed), words, list(_what_is_given(trace)), sections,
                 trace.lesson.formulas is None)


def _words(lesson: Lesson, play: str, seed: int | None, is_key: bool = False) -> list[str]:
    return [f"{name_numbers(seed)}; the same on screen: {play}", facts_in_words(lesson) + f"; {ROUNDED}" * is_key]


def name_numbers(seed: int | None) -> str:
    """`Numbers 7`, by which the starting values can be drawn again."""
    return "The lesson's own numbers" if seed is None else f"Numbers {seed}"


def _what_is_given(trace: Trace) -> Iterator[Section]:
    """What one begins with: parameters, and the table."""
    lesson = trace.lesson
    starts = parameters_in_words(lesson, lambda parameter: number(lesson.start[parameter.name]))
    yield Section(2, "Network" if lesson.formulas is None else "Starting values", list(starts))
    if lesson.table[0]:
        columns = [Column(name) for name in (*lesson.inputs, *lesson.targets)]
        rows = [Row([str(row + 1)], list(map(number, values))) for row, values in enumerate(lesson.table)]
        yield Section(2, lesson.table_name, tables=[Table("", ["row"], columns, rows)])
