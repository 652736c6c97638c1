"""Every mistake about an optimizer's numbers, and about the step that they lead to, is named where it is made."""

import pytest

from engine.graph.step import Kind
from engine.lesson.lesson import load, parse
from engine.trace.trace import Trace
from engine.tutor.mistakes import catalogue
from engine.tutor.tutor import Tutor
from lessons import graph, toml

SETTINGS = {"momentum": "beta = 0.8", "nesterov": "beta = 0.8", "rmsprop": "alpha = 0.9, epsilon = 0.01", "sgd": "",
            "adam": "beta1 = 0.8, beta2 = 0.95, epsilon = 0.01", "adamw": "beta1 = 0.8, beta2 = 0.95, epsilon = 0.01"}
MOMENTS = [  # optimizer, which of its numbers, what is typed in the second epoch, the mistake
    ("momentum", "v", "(1 - beta)*v_old + g", "velocity-share-swapped"),
    ("momentum", "v", "beta*v_old + (1 - beta)*g", "velocity-as-mean"),
    ("momentum", "v", "v_old + g", "velocity-share-forgotten"), ("momentum", "v", "g", "old-value-forgotten"),
    ("nesterov", "v", "v_old", "old-value-kept"), ("momentum", "v", "beta*v_old - g", "moment-sign"),
    ("momentum", "v", "beta*v_old + lr*g", "velocity-with-rate"),
    ("adam", "m", "(1 - beta1)*m_old + beta1*g", "shares-swapped"),
    ("adam", "s", "(1 - beta2)*s_old + beta2*g^2", "shares-swapped"),
    ("adam", "m", "beta1*m_old + g", "share-of-new-forgotten"),
    ("rmsprop", "s", "alpha*s_old + g^2", "share-of-new-forgotten"), ("adam", "m", "g", "no-running-mean"),
    ("adam", "s", "beta2*s_old + (1 - beta2)*g", "gradient-not-squared"),
    ("rmsprop", "s", "alpha*s_old + ((1 - alpha)*g)^2", "share-squared-too"), ("adam", "s", "s_old", "old-value-kept"),
    ("adam", "m_hat", "m", "correction-left-out"), ("adam", "s_hat", "s/(1 - β2^(t - 1))", "update-miscounted"),
    ("adam", "m_hat", "m/(1 - β1^(t + 1))", "update-miscounted"),
    ("adam", "m_hat", "m/(1 - β1)", "correction-without-count"),
    ("adam", "m_hat", "m/(1 - β1·t)", "correction-without-count"),
    ("adam", "m_hat", "m·(1 - β1^t)", "correction-upside-down"), ("adam", "s_hat", "s/β2^t", "one-minus-forgotten"),
    ("adam", "s_hat", "s/(1 - β1^t)", "other-share"), ("adam", "s", "β1*s_old + (1 - β1)*g^2", "other-share"),
    ("adam", "g", "dLoss/dw", "decay-forgotten"),
    ("sgd", "g", "dLoss/dw - λ·w", "decay-subtracted"), ("sgd", "g", "dLoss/dw + λ", "decay-without-weight"),
    ("sgd", "g", "dLoss/dw + λ·w^2", "decay-squared"), ("sgd", "g", "dLoss/dw + lr·λ·w", "decay-with-rate"),
    ("sgd", "g", "λ·w", "decay-alone")]
UPDATES = [  # optimizer, what is typed, the mistake
    ("momentum", "w - lr*g", "plain-step"), ("adam", "w - lr*g", "plain-step"),
    ("momentum", "w - lr*v_old", "old-velocity"), ("nesterov", "w - lr*(g + beta*v_old)", "old-velocity"),
    ("nesterov", "w - lr*v", "look-ahead-forgotten"), ("nesterov", "w - lr*(g + v)", "look-ahead-whole"),
    ("adam", "w - lr*m_hat/sqrt(s_hat + ε)", "epsilon-inside-root"),
    ("rmsprop", "w - lr*g/sqrt(s + ε)", "epsilon-inside-root"), ("adam", "w - lr*m_hat/(s_hat + ε)", "root-forgotten"),
    ("adam", "w - lr*m_hat", "size-forgotten"), ("adam", "w - lr*m/(sqrt(s) + ε)", "uncorrected-step"),
    ("adam", "w - lr*m/(sqrt(s_hat) + ε)", "uncorrected-step"),
    ("adam", "w - lr*m_old/(sqrt(s_old) + ε)", "old-moments"), ("rmsprop", "w - lr*g/(sqrt(s_old) + ε)", "old-moments"),
    ("momentum", "w + lr*v", "ascended"), ("adam", "w - m_hat/(sqrt(s_hat) + ε)", "rate-forgotten"),
    ("momentum", "lr*v", "change-only"), ("momentum", "w - lr*v/n", "divided-again")]
DECAYING = [
    ("adamw", "w - lr*m_hat/(sqrt(s_hat) + ε)", "decay-left-out-of-step"), ("adamw", "w - lr*dLoss/dw", "plain-step"),
    ("adamw", "w + lr*λ*w - lr*m_hat/(sqrt(s_hat) + ε)", "decay-on-the-wrong-side"),
    ("adamw", "w - λ*w - lr*m_hat/(sqrt(s_hat) + ε)", "decay-without-rate"),
    ("sgd", "w - lr*dLoss/dw", "decay-left-out-of-step"), ("sgd", "w - lr*(dLoss/dw - λ*w)", "decay-on-the-wrong-side")]


BIAS = [  # of which there is no decay: optimizer, what is asked for in the second epoch, what is typed
    ("sgd", "new b2", "b2 - lr*(g + 0.3*b2)"), ("momentum", "v", "0.8*v_old + g + 0.3*b2"),
    ("adam", "m", "0.8*m_old + 0.2*(g + 0.3*b2)")]


def tutor_of(optimizer: str, decay: float = 0.0) -> Tutor:
    """Of w·x − y squared, over two rows, the second epoch of which is asked about."""
    data = '[data]\ninputs = ["x"]\ntargets = ["y"]\nrows = [[0.5, 1.0], [2.0, 0.3]]'
    chosen = ", ".join(filter(None, [f'name = "{optimizer}"', SETTINGS[optimizer]]))
    more = f"[training]\nlearning_rate = 0.1\noptimizer = {{ {chosen} }}\nweight_decay = {decay}"
    return Tutor(Trace(graph(["L = (w*x - y)^2"], {"w": 0.6}, data, more)))


@pytest.mark.parametrize(("optimizer", "name", "typed", "mistake"), MOMENTS)
def test_an_optimizers_wrong_number(optimizer: str, name: str, typed: str, mistake: str) -> None:
    tutor = tutor_of(optimizer, 0.3 * (name == "g"))
    batch = tutor.trace.script.batches[0]
    index = next(index for index in range(batch.backward_end, batch.end) if tutor.question(2, index).name == name)
    assert mistake in tutor.judge(2, index, typed).mistakes
    assert tutor.judge(2, index, repr(tutor.trace.entry(2, index).value)).reason == "exact"


@pytest.mark.parametrize(("optimizer", "typed", "mistake"), [*UPDATES, *DECAYING])
def test_an_optimizers_wrong_step(optimizer: str, typed: str, mistake: str) -> None:
    tutor = tutor_of(optimizer, 0.3 * ((optimizer, typed, mistake) in DECAYING))
    index = tutor.trace.script.batches[0].update_index(0)
    assert mistake in tutor.judge(2, index, typed).mistakes


@pytest.mark.parametrize(("optimizer", "name", "typed"), BIAS)
def test_a_bias_does_not_decay(optimizer: str, name: str, typed: str) -> None:
    chosen = ", ".join(filter(None, [f"name = '{optimizer}'", SETTINGS[optimizer]]))
    training = f"optimizer = {{ {chosen} }}\nweight_decay = 0.3"
    tutor = Tutor(Trace(parse(toml([1, 1], ["tanh"], "mse", [[0.5, 1.0], [2.0, 0.3]], 3, training=training), "decay")))
    batch = tutor.trace.script.batches[0]
    index = next(index for index in range(batch.backward_end, batch.end)
                 if tutor.question(2, index).name == name and tutor.question(2, index).parameter == "b2")
    verdict = tutor.judge(2, index, typed)
    assert "bias-decayed" in verdict.mistakes, verdict.message


@pytest.mark.parametrize("optimizer", SETTINGS)
def test_an_update_as_it_is_written_is_right(optimizer: str) -> None:
    """With the names and signs of the formula on the screen."""
    tutor = tutor_of(optimizer, 0.3)
    batch = tutor.trace.script.batches[0]
    for index in range(batch.backward_end, batch.end):
        assert tutor.trace.script.step(index).kind in (Kind.MOMENT, Kind.UPDATE)
        formula = tutor.question(2, index).formula
        assert tutor.judge(2, index, formula).reason == "exact", formula


def test_a_corrected_number_has_no_old_value() -> None:
    """Nor is the hint about one: it is the number's own."""
    tutor = Tutor(Trace(load("adam")))
    index = tutor.trace.script.batches[0].backward_end + 2
    assert tutor.judge(1, index, "-3.25").mistakes == ("correction-left-out",)
    assert tutor.hints(1, index)[0] == "m began at 0 and is too small at first: 1−β1^t corrects that."


def test_after_many_updates_too() -> None:
    """A share to the power of t is no large number, however large t is."""
    tutor = tutor_of("adam")
    index = tutor.trace.script.batches[0].backward_end + 2
    assert tutor.question(60, index).name == "m_hat"
    assert tutor.judge(60, index, "m/(1 - β1^t)").reason == "exact"
    assert tutor.trace.entry(60, index).sign() in "=≈"


def test_what_is_found_later_is_not_known_yet() -> None:
    tutor = tutor_of("adam")
    batch = tutor.trace.script.batches[0]
    names = [set(tutor.known.names(2, batch.backward_end + k)) & {"m", "s", "m_hat", "s_hat"} for k in range(5)]
    assert names == [set(), {"m"}, {"m", "s"}, {"m", "s", "m_hat"}, {"m", "s", "m_hat", "s_hat"}]


def test_every_mistake_about_moments_is_tried() -> None:
    tried = {mistake for *_, mistake in (*MOMENTS, *UPDATES, *DECAYING)} | {"bias-decayed"}
    assert {mistake.id for mistake in catalogue() if mistake.at == "moment"} <= tried
