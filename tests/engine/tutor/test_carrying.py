"""A wrong number is carried through all that depends on it; here it is handed from one answer to the next."""

import math
import random

import pytest

from engine.lesson.lesson import Lesson, load
from engine.trace.chain import Form
from engine.trace.trace import Entry, Trace
from engine.tutor.answer import Slips, Spot, Verdict
from engine.tutor.carrying import carry_on, spot_of
from engine.tutor.tutor import Tutor
from lessons import OTHER_KINDS, and_trace, family

AND = Tutor(and_trace())
FORMS: tuple[Form, ...] = ("paths", "delta")


def index_of(tutor: Tutor, name: str, parameter: str | None = None, row: int | None = 0) -> int:
    """Of the first question of that name, in a row."""
    steps = map(tutor.trace.script.step, range(tutor.trace.script.length))
    order = [each.name for each in tutor.trace.lesson.order]
    return next(index for index, step in enumerate(steps) if tutor.trace.line(step).name == name and step.row == row
                and (parameter is None or order[step.parameter_index or 0] == parameter))


def slip(tutor: Tutor, index: int, wrong: str) -> dict[Spot, float]:
    left = tutor.judge(1, index, wrong).slip
    assert left
    return dict([left])


def judge(tutor: Tutor, slips: Slips, name: str, answer: float | str, row: int | None = 0, parameter: str | None = None,
          ) -> Verdict:
    typed = answer if isinstance(answer, str) else f"{answer:.6g}"
    return tutor.judge(1, index_of(tutor, name, parameter, row), typed, slips)


def sig(z: float) -> float:
    return 1 / (1 + math.exp(-z))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("form", FORMS)
def test_a_wrong_z_goes_on_through_the_output_its_factors_every_gradient_and_update(form: Form, seed: int) -> None:
    """Worked out by hand: AND's w35 is −0.4, its w45 0.9, its b5 0.2."""
    tutor = Tutor(and_trace().in_form(form))
    Z3 = round(random.Random(seed).uniform(0.5, 2.5), 3)
    slips, A4 = slip(tutor, 0, repr(Z3)), 0.9
    Z5 = -0.4 * Z3 + 0.9 * A4 + 0.2
    A5 = sig(Z5)
    delta = -(1 - A5) / 2 * A5 * (1 - A5)
    others = {name: tutor.trace.entry(1, index_of(tutor, f"∂Loss/∂{name}", None, None)).value -
              tutor.trace.read(1, tutor.trace.chains.product_quantity(k, -1), 0)
              for k, name in enumerate(each.name for each in tutor.trace.lesson.order)}
    gradients = {"w13": delta * -0.4, "w35": delta * Z3, "b5": delta}
    found = {"A3": Z3, "Z5": Z5, "A5": A5, "(y−A5)²": (1 - A5)**2}
    found |= {"δ5": delta, "δ3": delta * -0.4} if form == "delta" else \
        {"∂Loss/∂A5": -(1 - A5) / 2, "∂A5/∂Z5": A5 * (1 - A5), "∂Z5/∂w35": Z3}
    verdicts = [judge(tutor, slips, name, value) for name, value in found.items()]
    verdicts += [judge(tutor, slips, "product", value, parameter=name) for name, value in gradients.items()]
    sums = {name: value + others[name] for name, value in gradients.items()}
    verdicts += [judge(tutor, slips, f"∂Loss/∂{name}", value, None) for name, value in sums.items()]
    verdicts.append(judge(tutor, slips, "new b5", 0.2 - 0.5 * sums["b5"], None))
    assert {(each.reason, each.slip, each.is_evidence) for each in verdicts} == {("follows", None, False)}
    assert all(f"from your {Z3:g} for Z3" in each.message for each in verdicts)


def test_it_is_said_from_which_number_and_over_how_many() -> None:
    slips = slip(AND, 0, "0.7")
    assert judge(AND, slips, "A3", "0.7").message == \
        "That follows from your 0.7 for Z3; with the right number A3 = 0.3."
    both = slips | slip(AND, 2, "1.2")
    assert judge(AND, both, "A5", sig(-0.28 + 1.08 + 0.2)).message == \
        "That follows, step by step, from your 0.7 for Z3; with the right numbers A5 = 0.70889."
    mean = (0.25 + sum(AND.trace.entry(1, index).value for index in (13, 20, 27))) / 4
    loss = judge(AND, slip(AND, 6, "0.25"), "Loss", mean, None)
    assert "follows from your 0.25 for (y−A5)² in row 1;" in loss.message


def test_it_is_the_same_number_in_every_chain_but_no_other() -> None:
    """And one that is put wrong once more stands for itself."""
    slips = slip(AND, index_of(AND, "∂A5/∂Z5"), "0.3")
    product = -0.14555 * 0.3
    assert judge(AND, slips, "product", product, parameter="b5").reason == "follows"
    assert judge(AND, slips, "∂Loss/∂A5", "-0.3").reason != "follows"
    A3 = slip(AND, 0, "7")
    for name, row in (("A3", 1), ("A4", 0), ("Z3", 0)):
        assert judge(AND, A3, name, "7", row).reason != "follows"
    again = A3 | slip(AND, 1, "5")
    assert judge(AND, again, "Z5", -2 + 0.81 + 0.2).message.startswith("That follows from your 5 for A3;")


@pytest.mark.parametrize(("answer", "reason"), [
    ("-0.009011", "follows"), ("-0.00901", "follows"), ("-0.00902", "follows"), ("-0.00899", "follows"),
    ("-0.00905", "unknown"), ("-0.0091", "unknown"), ("0.01201", "exact"), ("0", "mistake")])
def test_what_follows_is_as_exact_as_what_is_right(answer: str, reason: str) -> None:
    """0.3 for w35 as a factor, so the product is −0.0090114."""
    assert judge(AND, slip(AND, 31, "0.3"), "product", answer).reason == reason


def test_where_a_0_or_a_1_comes_in_nothing_is_credited() -> None:
    """But who carries a wrong number through one has made no other mistake."""
    below = slip(AND, 0, "-0.9")
    none = judge(AND, below, "A3", "0")
    assert (none.correct, none.reason, none.slip, none.is_evidence) == (False, "unknown", None, False)
    assert none.message == "0 does follow from your −0.9 for Z3; only, where a 0 or a 1 comes in, that tells nothing."
    assert judge(AND, below, "Z5", 1.01).reason == "follows"
    for wrong in ("0", "1"):
        assert judge(AND, slip(AND, 1, wrong), "Z5", -0.4 * float(wrong) + 1.01).reason == "unknown"


def test_too_few_digits_are_gone_on_from_too() -> None:
    assert judge(AND, slip(AND, 5, "0.71"), "(y−A5)²", "0.0841").reason == "follows"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("lesson", [*OTHER_KINDS.values(), family("one bias a layer, momentum"), load("two-outputs")])
def test_in_every_lesson_what_is_made_of_a_number_follows_from_it(lesson: Lesson, form: Form) -> None:
    """A first node, a row's product, a gradient, each 0.5 too large."""
    trace = Trace(lesson, form)
    batch = trace.script.batches[-1]
    product, gradient = (trace.entry(1, index) for index in (batch.gradient_index(0) - 1, batch.gradient_index(0)))
    new_value = trace.entry(1, batch.update_index(0))

    def carried(given: Entry, asked: Entry) -> float:
        found = carry_on(trace, asked, {spot_of(given): given.value + 0.5})
        assert found
        assert list(found.slips.values()) == [given.value + 0.5]
        return found.value
    assert carried(product, gradient) == pytest.approx(gradient.value + 0.5)
    assert carried(gradient, new_value) != new_value.value != carried(product, new_value)
    first = trace.entry(1, trace.script.value_index(batch.rows[-1], 0))
    for asked in (trace.entry(1, batch.loss_index), product, gradient, new_value):
        carried(first, asked)
