"""What a lesson may say of a network besides: biases, softmax, batches, an optimizer, weight decay, what is fixed."""

import json
import tomllib

import jsonschema
import pytest
from graph_lessons import GRAPHS, MORE_OF_A_NETWORK

from engine.graph.activations import SOFTMAX
from engine.graph.losses import CROSS_ENTROPY
from engine.graph.optimizers import ADAM, MOMENTUM
from engine.lesson.format import as_json_schema
from engine.lesson.identity import key_of
from engine.lesson.lesson import LessonError, load, parse, shipped_lessons
from engine.lesson.training_problems import MOST_UPDATED
from lessons import toml

AND = shipped_lessons()["and-gate"].read_text("utf-8")
OPTIMIZER = '{ name = "momentum", beta = 0.8 }'


def changed(*pairs: str, text: str = MORE_OF_A_NETWORK) -> str:
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        assert old in text
        text = text.replace(old, new)
    return text


def test_all_of_it_is_read() -> None:
    lesson = parse(MORE_OF_A_NETWORK, "m")
    assert (lesson.network.bias, lesson.network.activations[-1], lesson.loss) == ("layer", SOFTMAX, CROSS_ENTROPY)
    assert (lesson.batch, lesson.batches) == (1, (range(1), range(1, 2), range(2, 3)))
    assert (lesson.optimizer, lesson.settings, lesson.weight_decay) == (MOMENTUM, {"beta": 0.8}, 0.01)
    assert [parameter.name for parameter in lesson.order] == [name for name in lesson.start if name != "b1"]


@pytest.mark.parametrize(("bias", "names"), [
    ("true", ["w13", "w23", "b3"]), ("false", ["w13", "w23"]), ('"layer"', ["w13", "w23", "b1"])])
def test_biases(bias: str, names: list[str]) -> None:
    text = toml([2, 1], ["sigmoid"], "mse", [[0.0, 1.0, 1.0]], 7)
    assert list(parse(text.replace("[network]", f"[network]\nbias = {bias}"), "m").network.parameters) == names


def test_an_optimizers_name_alone_has_its_usual_settings() -> None:
    lesson = parse(changed(OPTIMIZER, '"adam"'), "m")
    assert (lesson.optimizer, lesson.settings) == (ADAM, {"beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8})


@pytest.mark.parametrize("text", [MORE_OF_A_NETWORK, *GRAPHS, AND, changed(OPTIMIZER, '"adam"')])
def test_the_json_schema_takes_what_the_code_takes(text: str) -> None:
    jsonschema.validate(tomllib.loads(text), json.loads(as_json_schema()))


@pytest.mark.parametrize("text", [
    changed(OPTIMIZER, '{ name = "momentum", beta1 = 0.8 }'), changed('"softmax"', '"max"'),
    changed('bias = "layer"', "bias = 3"), changed('loss = "cross_entropy"\n', "")])
def test_the_json_schema_refuses_what_the_code_refuses(text: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomllib.loads(text), json.loads(as_json_schema()))
    with pytest.raises(LessonError):
        parse(text, "m")


@pytest.mark.parametrize(("pairs", "said"), [
    (('bias = "layer"', 'bias = "unit"'), 'network.bias: "unit"; expected true, false or "layer" (line 10)'),
    (("b1 = 0.1", "b3 = 0.1"), "parameters.b3: unknown parameter; expected one of w13, w23, w14, w24, b1, w35, w45, "
     'w36, w46, w37, w47, b2; did you mean "b1"? (line 17)'),
    (('"cross_entropy"', '"mse"'),
     'training.loss: "mse" with output "softmax"; expected loss "cross_entropy" (line 26)'),
    (('"softmax"', '"sigmoid"'), 'training.loss: "cross_entropy" with output "sigmoid"; expected output "softmax": '
     "cross_entropy takes ln(A) of shares that add up to 1 (line 26)"),
    (("[0, 1, 0, 0.5, 0.5]", "[0, 1, 0, 0.5, 0.6]"), "data.rows, row 2: targets 0, 0.5, 0.6; expected targets that add "
     'up to 1 with "cross_entropy" (line 7)'),
    (("[0, 1, 0, 0.5, 0.5]", "[0, 1, -1, 1, 1]"), "data.rows, row 2, number 3: -1; expected a target from 0 to 1 with "
     '"cross_entropy" (line 7)'),
    (("batch = 1", "batch = 4"), "training.batch: 4; expected at most 3, the rows there are (line 28)"),
    (('["b1"]', '["b3"]'), 'training.fixed, name 1: "b3"; expected a parameter of the network (line 31)'),
    (("0.01", "-0.01"), "training.weight_decay: -0.01; expected a finite number from 0 on (line 30)"),
    (("beta = 0.8", "beta = 1.0"), "training.optimizer.beta: 1.0; expected a number from 0 on, below 1 (line 29)"),
    (("beta = 0.8", "epsilon = 1"),
     "training.optimizer.epsilon: unknown key; expected one of name, beta (line 29)"),
    ((OPTIMIZER, "{ beta = 0.9 }"), "training.optimizer.name: missing; expected one of sgd, momentum, nesterov, "
     "rmsprop, adam, adamw (line 29)"),
    ((OPTIMIZER, '{ name = "adam", epsilon = 0 }'),
     "training.optimizer.epsilon: 0; expected a finite number above 0 (line 29)"),
    ((OPTIMIZER, '"adma"'), 'training.optimizer: "adma"; expected one of "sgd", "momentum", "nesterov", "rmsprop", '
     '"adam", "adamw" (line 29)'),
    (("[network]", "[netwerk]"), "network: missing; expected a table with output, hidden, bias; or [graph] with nodes"),
])
def test_what_is_said_of_wrong_ones(pairs: tuple[str, ...], said: str) -> None:
    with pytest.raises(LessonError) as caught:
        parse(changed(*pairs), "m")
    assert f"m: {said}" in str(caught.value).split("\n")


def test_updates_are_bounded() -> None:
    rows = [[0.0, 1.0]] * 1024
    text = toml([1, 31, 31, 1], ["tanh", "tanh", "sigmoid"], "mse", rows, 7).replace("], [", "],\n[")
    parse(text, "m")
    with pytest.raises(LessonError, match=r"training.batch: 1, which makes 1024 updates of 1086 parameters an epoch; "
                                          rf"expected at most {MOST_UPDATED} new values"):
        parse(f"{text}batch = 1\n", "m")


@pytest.mark.parametrize(("old", "new", "is_same"), [
    ("[parameters]", "[parameters]", True), ("learning_rate", "batch = 4\nlearning_rate", True),
    ("learning_rate", 'optimizer = "sgd"\nweight_decay = 0\nfixed = []\nlearning_rate', True),
    ("learning_rate", "batch = 2\nlearning_rate", False),
    ("learning_rate", 'optimizer = "momentum"\nlearning_rate', False),
    ("learning_rate", "weight_decay = 0.1\nlearning_rate", False)])
def test_what_is_left_out_makes_no_other_lesson(old: str, new: str, is_same: bool) -> None:
    assert (key_of(parse(AND.replace(old, new), "a")) == key_of(load("and-gate"))) is is_same
