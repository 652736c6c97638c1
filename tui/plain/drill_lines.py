"""The lines of `drill`, field by field, in words: a contract."""

from collections.abc import Iterator, Mapping

from engine.graph.step import Kind
from engine.tutor.answer import Reason

QUESTION = {
    "epoch": "the epoch, from 1", "step": "the step in it, from 1", "kind": "one of the kinds below",
    "name": "what the number is called", "row": "the row, from 1; null where the number belongs to none",
    "parameter": "the parameter whose gradient or update it is about, or null",
    "formula": "what the number comes from"}
VERDICT = {
    "correct": "whether the answer is right, as far as it goes", "reason": "one of the reasons below",
    "message": "what is said to a person, all of it in one line",
    "mistakes": "the ids of the mistakes that give the answer (engine/tutor/mistakes.toml)",
    "where": "for each of them, what the number is called in which it was made: the one asked for, or one further up",
    "choices": "where the message asks which it was: each with an id and a text; the id, a letter, answers that",
    "done": "whether the question is done with; else it stands", "value": "the number, once it is done; else null"}
SAID = "to a command, and by hand: what is said to a person, a list of lines"
KINDS: Mapping[Kind, str] = {
    Kind.VALUE: "a named number of a graph, by its formula",
    Kind.NET_INPUT: "Z of a unit", Kind.ACTIVATION: "A of a unit", Kind.ROW_LOSS: "what a row adds to the Loss",
    Kind.LOSS: "Loss", Kind.DELTA: "δ of a unit, ∂Loss/∂Z, or ∂Loss/∂ of a graph's node; with --form delta",
    Kind.FACTOR: "a factor of a row's chain",
    Kind.PRODUCT: "a path's factors multiplied, or a row's products added over its paths",
    Kind.GRADIENT: "the sum over the rows",
    Kind.MOMENT: "what an optimizer works out for a parameter before its update",
    Kind.UPDATE: "the new value of a parameter"}
REASONS: Mapping[Reason, str] = {
    "exact": "right, to three significant digits or more",
    "coarse": "right so far, or one digit that may be right: more digits are asked for",
    "rounded": "right but for rounding on the way, or for digits that are cut off",
    "follows": "right for who goes on from a wrong number given before",
    "mistake": "wrong, by a mistake that is known", "unknown": "wrong, and it is not known how",
    "unreadable": "no number, no formula, or one that can be read in two ways", "given-up": "the answer was ?"}


def describe() -> Iterator[str]:
    """Every field, kind and reason, a line each."""
    yield from (f"question.{name}: {words}" for name, words in QUESTION.items())
    yield from (f"verdict.{name}: {words}" for name, words in VERDICT.items())
    yield f"said: {SAID}"
    yield from (f"kind {kind.value}: {words}" for kind, words in KINDS.items())
    yield from (f"reason {name}: {words}" for name, words in REASONS.items())
