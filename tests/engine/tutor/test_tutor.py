"""The tutor: right answers are right, and a wrong one is known by its mistake."""

import pytest

from engine.graph.expression import parse
from engine.graph.quantity import Source
from engine.graph.step import Kind
from engine.learner.knowledge import IDEAS, ORIGINS
from engine.lesson.lesson import load
from engine.trace.cursor import Cursor
from engine.trace.trace import Trace
from engine.tutor.mistakes import catalogue
from engine.tutor.starting_values import draw_starting_values
from engine.tutor.tutor import Tutor
from engine.walk.actions import GoTo, WhatIf
from engine.walk.transition import act
from engine.walk.walk import Walk
from lessons import OTHER_KINDS, and_trace, graph, seeded

TUTOR = Tutor(and_trace())
CONTRACT = [
    "bias-forgotten", "other-units-weights", "inputs-ignored", "activation-skipped", "activation-missing",
    "relu-as-step", "sigmoid-sign", "derivative-for-activation", "square-forgotten", "half-square",
    "prediction-only", "sum-not-mean", "half-mean", "errors-averaged-first", "divided-twice", "residual-sign",
    "two-forgotten", "n-forgotten", "two-and-n-forgotten", "square-kept", "rows-summed-early", "target-missing",
    "activation-for-derivative", "derivative-at-A", "one-minus-only", "derivative-sign", "derivative-of-Z-product",
    "derivative-skipped", "net-input-for-derivative", "derivative-flipped", "other-units-derivative",
    "other-path-weight", "activation-for-weight", "updated-weight", "weights-summed", "own-weight",
    "weight-for-input", "other-input", "net-input-for-input", "input-skipped", "bias-zero", "bias-value",
    "factor-left-out", "factors-added", "product-sign", "product-of-sums", "product-of-means", "averaged-again",
    "one-row-only", "gradient-sign", "ascended", "rate-forgotten", "change-only", "gradient-for-weight",
    "times-weight", "other-gradient", "divided-again",
]


def test_the_catalogue_has_the_contracts_mistakes() -> None:
    assert {mistake.id for mistake in catalogue()} >= set(CONTRACT)
    kinds = {*(kind.value for kind in Kind), *ORIGINS} - {"factor"}
    assert {mistake.at for mistake in catalogue()} <= {*kinds, "row", "anywhere"}
    assert set(IDEAS) > kinds


@pytest.mark.parametrize(("step", "answer", "reason", "mistakes"), [
    (30, "-0.14555", "exact", ()), (30, "-0.146", "exact", ()), (30, "-0,1456", "exact", ()),
    (30, "−(y−A5)/2", "exact", ()), (30, "-.15", "coarse", ()), (30, "-0.1459", "unknown", ()),
    (30, "0.14555", "mistake", ("residual-sign",)), (30, "-(y-A5)/4", "mistake", ("two-forgotten",)),
    (30, "-0.58222", "mistake", ("n-forgotten",)),
    (30, "0.29111", "mistake", ("two-and-n-forgotten",)), (34 + 12, "0.0001", "unknown", ()),
    (31, "e^-0.89/(1+e^-0.89)^2", "exact", ()), (30, "0.5", "unknown", ()), (30, "foo", "unreadable", ()),
    (30, "1/0", "unreadable", ()), (31, "A5(1-A5)", "exact", ()),
    (31, "0.70889", "mistake", ("activation-for-derivative",)), (32, "0.9", "mistake", ("other-path-weight",)),
    (33, "1", "exact", ()), (33, "0", "mistake", ("derivative-flipped",)),
    (35, "0.0120", "exact", ()), (54, "-0.0038", "mistake", ("averaged-again",)),
    (231, "0.7924", "mistake", ("ascended",)), (1, "0.3", "exact", ()), (1, "3/10", "exact", ()),
    (29, "1.0313", "mistake", ("sum-not-mean",)), (6, "0.708890", "exact", ()),
    (6, "0.29111", "mistake", ("sigmoid-sign",)),
])
def test_verdicts(step: int, answer: str, reason: str, mistakes: tuple[str, ...]) -> None:
    verdict = TUTOR.judge(1, step - 1, answer)
    assert (verdict.reason, verdict.mistakes[:max(1, len(mistakes))]) == (reason, mistakes)
    assert verdict.correct == (reason in ("exact", "coarse", "rounded"))
    assert verdict.done == (reason in ("exact", "rounded"))
    assert (verdict.value is None) != verdict.done


def test_an_answer_may_not_name_what_is_asked() -> None:
    assert TUTOR.judge(1, 5, "A5").reason == "unreadable"
    assert TUTOR.judge(1, 5, "sig(Z5)").reason == "exact"


def test_several_mistakes_that_give_one_number_are_all_candidates() -> None:
    verdict = TUTOR.judge(1, 32, "Z3")
    assert verdict.mistakes == ("activation-for-derivative", "net-input-for-derivative")
    assert "Which was it?" in verdict.message


def test_a_formula_that_is_right_by_chance_is_told_from_the_one_asked_for() -> None:
    verdict = TUTOR.judge(1, 32, "x1")
    assert verdict.correct
    assert "gives something else in row 4" in verdict.message
    assert "something else" not in TUTOR.judge(1, 32, "relu′(Z3)").message


def test_hints_go_deeper() -> None:
    assert TUTOR.hints(1, 30) == ("How steep is the activation at this Z?", "∂A5/∂Z5 = sig(Z5)[1−sig(Z5)]",
                                  "∂A5/∂Z5 = 0.70889·(1−0.70889)", "∂A5/∂Z5 = 0.20636")


def test_paths_are_said_to_add_and_factors_to_multiply() -> None:
    tutor = Tutor(Trace(load("two-outputs")))
    assert tutor.hints(1, 48)[0] == "Along a chain, rates of change multiply."
    assert tutor.hints(1, 49)[0] == "Over several paths, rates of change add."


def test_the_delta_forms_own_mistakes() -> None:
    tutor = Tutor(Trace(seeded([2, 2, 2], ["tanh", "sigmoid"]), "delta"))
    index = tutor.trace.script.delta_index(0, tutor.trace.lesson.network.layers[1][1])
    assert tutor.question(1, index).name == "δ4"
    names, after = tutor.known.names(1, index), "δ5·w45 + δ6·w46"
    slope = "(1 − A4²)"
    assert names.keys() >= {"δ5", "δ6", "w46", "A4"}
    assert tutor.judge(1, index, f"({after})·{slope}").reason == "exact"
    assert tutor.judge(1, index, after).mistakes[0] == "delta-without-derivative"
    assert tutor.judge(1, index, f"δ5·w45·{slope}").mistakes == ("delta-sum-incomplete",)
    assert tutor.judge(1, index, f"(δ5·w36 + δ6·w46)·{slope}").mistakes == ("weights-transposed",)


def test_every_message_can_be_told() -> None:
    """No sentence of the catalogue asks for a word that is not there."""
    for mistake in catalogue():
        assert {part.split("}")[0] for part in mistake.say.split("{")[1:]} <= {
            "typed", "which", "name", "formula", "why", "n", "bias", "asked"}
        assert mistake.idea
        assert all(parse(str(formula.literal or "0")) for formula in mistake.wrong)


@pytest.mark.parametrize("seed", [0, 1, 2, 77])
def test_new_numbers_teach(seed: int) -> None:
    lesson = draw_starting_values(load("and-gate"), seed)
    values = list(lesson.start.values())
    assert len(set(values)) == 9
    assert all(round(value, 1) == value for value in values)
    epoch = Trace(lesson).epoch(1)
    Z = epoch.batches[0].arrays[Source.Z]
    assert all((abs(layer) >= 0.05).all() for layer in Z[1:])
    assert ((Z[1] > 0).any(axis=0) & (Z[1] <= 0).any(axis=0)).all()
    assert all((layer != 0).all() for layer in epoch.batches[0].arrays[Source.GRADIENT][1:])


def test_new_numbers_are_the_same_everywhere() -> None:
    start = draw_starting_values(load("and-gate"), 3).start
    assert list(start.values()) == [0.8, 0.7, -0.2, 0.9, 0.3, -0.5, -0.4, -1.0, -0.3]


@pytest.mark.parametrize("name", OTHER_KINDS)
def test_new_numbers_for_every_kind_of_lesson(name: str) -> None:
    lesson = draw_starting_values(OTHER_KINDS[name], 3)
    assert lesson.start.keys() == OTHER_KINDS[name].start.keys()
    assert all(round(value, 1) == value for value in lesson.start.values())
    assert Trace(lesson).epoch(1).is_finite


def test_new_numbers_of_a_graph_are_such_that_all_is_a_number() -> None:
    lesson = graph(["q = ln(a)", "L = q*sqrt(b)"], {"a": 2.0, "b": 3.0})
    for seed in range(6):
        start = draw_starting_values(lesson, seed).start
        assert min(start.values()) > 0
    nothing = graph(["L = ln(a - 2)"], {"a": 3.0})
    assert draw_starting_values(nothing, 1).start == {"a": 3.0}  # none that is drawn is as large


def test_a_wrong_number_explains_nothing_of_itself() -> None:
    slip = TUTOR.judge(1, 31, "7").slip
    assert slip is not None
    assert TUTOR.judge(1, 31, "7", dict([slip])).reason == "unknown"


@pytest.mark.parametrize("answer", ["0", "0e999", "1.2e-5"])
def test_of_a_small_number_zero_or_a_turned_sign_is_not_right(answer: str) -> None:
    tutor = Tutor(Trace(load("sigmoid-derivative")))
    index = next(index for index in range(tutor.trace.script.length) if -1e-4 < tutor.trace.entry(1, index).value < 0)
    assert not tutor.judge(1, index, answer).correct


def test_an_answer_that_repeats_the_name_is_followed_up_too() -> None:
    follow_up = TUTOR.judge(1, 32, "∂A3/∂Z3 = 0.3").follow_up
    assert follow_up is not None
    assert set(follow_up.replies) == {"a", "b"}


def test_a_branchs_rate_and_targets_count_from_its_epoch_on() -> None:
    session = act(act(Walk(and_trace(), Cursor(3, 0)), WhatIf("lr = 2")), WhatIf("y row 2 = 1"))
    tutor = Tutor(session.trace)
    index = tutor.trace.script.batches[0].backward_end
    for epoch, rate in ((1, 0.5), (3, 2.0)):
        assert tutor.known.names(epoch, index)["lr"] == rate
        assert tutor.judge(epoch, index, "w13 - lr*" + repr(
            tutor.trace.read(epoch, tutor.trace.symbols.parameter(tutor.trace.lesson.order[0], Source.GRADIENT), None))
        ).reason == "exact"
    assert tutor.trace.rows_right(1).tolist() == and_trace().rows_right(1).tolist()


def test_changes_count_in_the_order_of_their_epochs() -> None:
    first = act(act(Walk(and_trace(), Cursor(5, 0)), WhatIf("b3 = 9")), GoTo(Cursor(2, 0)))
    session = act(first, WhatIf("b4 = b4 * 2"))
    b3 = session.trace.lesson.network.parameters["b3"]
    assert session.trace.read(5, session.trace.symbols.parameter(b3), None) == 9
    assert session.changes[1].value == 2 * and_trace().parameter_now(2, 0, and_trace().lesson.network.parameters["b4"])
