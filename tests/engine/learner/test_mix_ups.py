"""What a learner mixes up: over all lessons, which first, and what is behind them."""

from engine.learner.knowledge import Knowledge, Skill
from engine.learner.mix_ups import mix_ups
from engine.learner.progress import Bookmark, Occurrence, Progress
from engine.trace.cursor import START

LAST = Occurrence("∂A5/∂Z5", 2, 3, "0.29111 is 1−A.", "slope sigmoid", 4, 2)
OLD = Bookmark("or-gate", START, mistakes={"d": 2, "a": 2, "b": 1, "old": 4},
               last_made=dict.fromkeys("dba", LAST))
NEW = Bookmark("and-gate", START, mistakes={"b": 2, "c": 1}, last_made={"c": LAST, "b": LAST._replace(epoch=5)})


def progress(right: int, attempts: int) -> Progress:
    known = Knowledge({"slope sigmoid": Skill(0.5, LAST.attempts + attempts, LAST.right + right)})
    return Progress(NEW, known, {place.lesson: place for place in (OLD, NEW)})


def test_what_was_made_most_comes_first_and_then_what_was_made_last() -> None:
    found = mix_ups(progress(2, 3))
    assert [(each.id, each.times, each.place.lesson) for each in found] == [
        ("old", 4, "or-gate"), ("b", 3, "and-gate"), ("a", 2, "or-gate"), ("d", 2, "or-gate"), ("c", 1, "and-gate")]
    assert [each.last and each.last.epoch for each in found] == [None, 5, 2, 2, 2]
    assert [(each.attempts, each.right) for each in found] == [(0, 0), *[(3, 2)] * 4]


def test_three_right_answers_since_leave_a_mistake_behind() -> None:
    assert [(each.id, each.is_behind) for each in mix_ups(progress(3, 5))] == [
        ("old", False), ("b", True), ("a", True), ("d", True), ("c", True)]


def test_what_was_forgotten_since_is_no_evidence() -> None:
    assert {(each.attempts, each.right) for each in mix_ups(progress(-1, -4))} == {(0, 0)}
