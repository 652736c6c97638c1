"""The script for PyTorch: it holds each of our numbers against PyTorch's; where that is installed they agree, and with
any one changed they don't.
"""

import ast
import contextlib
import io
import math
import random
import re
import tokenize
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from types import SimpleNamespace

import pytest
from families import any_family
from graph_lessons import GRAPHS, MORE_OF_A_NETWORK
from random_graphs import random_graph

from engine.export.pytorch import OPTIMIZERS, write
from engine.export.torch_formulas import TorchFormulas, python_name
from engine.export.torch_models import LOSSES, NAMES_OF_SCRIPT, model_of
from engine.graph import losses, optimizers
from engine.graph.expression import parse as parse_formula
from engine.graph.functions import functions
from engine.graph.parts import with_constants
from engine.graph.quantity import Source
from engine.lesson.lesson import Lesson, load, parse, shipped_lessons
from engine.trace.trace import Trace
from lessons import FAMILIES, OTHER_KINDS, any_lesson, family

WITHOUT_COLUMNS = """\
format = 1
id = "limits"
title = "The same result in every row, a large number, no momentum"
[data]
inputs = ["x"]
targets = []
rows = [[1], [2], [3]]
[graph]
nodes = ["L = (a - 1)^2 + b*100000000000000000000/100000000000000000000"]
rows = "sum"
[parameters]
a = 3
b = 0.5
[training]
learning_rate = 0.1
optimizer = { name = "nesterov", beta = 0 }
"""
KINDS = {**{name: load(name) for name in ("and-gate", "step-unit", "one-at-a-time", "attention", "chain-rule")},
         **{name: family(name) for name in FAMILIES}, **OTHER_KINDS,
         **{f"graph {index}": parse(text, "graph")
            for index, text in enumerate((*GRAPHS, MORE_OF_A_NETWORK, WITHOUT_COLUMNS))}}
HOSTILE = parse("""\
format = 1
id = "names"
title = '\"\"\" coding: utf-7 \\N{x} “““ ▀▀▀ #'
[data]
inputs = ["x"]
targets = ["print"]
rows = [[0.5, 1], [0.1, 2]]
[graph]
nodes = ["lambda = torch*nn", "held = lambda + α*Größe'", "hold = tanh(held*名)*w1,13", "e2 = sig'(x*nn) - relu'(α)",
         "L = derive*hold^2 + step(x)*print + h_prime*h' + relu(e2 - 0.1 - 0.2) + leaky(e2)/3^2 - softplus(-x*e^α)"]
[parameters]
torch = 1
nn = 0.5
derive = 2
"α" = 2
"Größe'" = 0.3
"名" = 1.2
h_prime = 0.2
"h'" = 0.3
"w1,13" = 0.7
[training]
learning_rate = 0.1
""", "names.toml")
UNTRAINED = replace(HOSTILE, learning_rate=0.0)


def script(lesson: Lesson, epochs: int = 3) -> str:
    return "".join(write(Trace(lesson), epochs if lesson.trains else 1))


def find_calls(text: str) -> Iterator[tuple[range, float, list[list[str]]]]:
    """What is held, batch by batch: the rows, the Loss, the lines of numbers."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and len(node.value.args) == 4:
            _, rows, loss, numbers = node.value.args
            assert isinstance(rows, ast.Call)
            yield (range(*map(ast.literal_eval, rows.args)), ast.literal_eval(loss),
                   [line.split() for line in ast.literal_eval(numbers).strip().split("\n")])


@pytest.mark.parametrize("name", KINDS)
def test_every_number_is_held(name: str) -> None:
    lesson = KINDS[name]
    trace, found = Trace(lesson), iter(find_calls(script(lesson)))
    sources = (Source.GRADIENT, Source.UPDATED) if lesson.trains else (Source.GRADIENT,)
    for epoch in range(1, 4 if lesson.trains else 2):
        for batch in trace.epoch(epoch).batches:
            rows, loss, lines = next(found)
            assert (rows, loss) == (batch.rows, batch.scalars[Source.LOSS])
            assert [list(map(float, numbers)) for _, *numbers in lines] == [
                [batch.read(trace.symbols.parameter(parameter, source), 0) for source in sources]
                for parameter in lesson.order]
    assert not list(found)


def test_every_loss_and_optimizer_is_spelled_with_its_settings() -> None:
    assert LOSSES.keys() == losses.LOSSES.keys()
    assert {name: set(re.findall(r"{(\w+)}", form)) - {"lr", "decay"} for name, form in OPTIMIZERS.items()} == {
        name: set(optimizer.settings) for name, optimizer in optimizers.OPTIMIZERS.items()}


@pytest.mark.parametrize("text", [
    "a - (b - 2) - -a", "a/(b*a)/b", "-a^2 + (-a)^2", "2^a^b", "(a + b)^(-0.5)*3", "a*-b", "1/(1 + e^800) + a", "2/3*a",
    "tanh(a*b - 1)² + exp(-(a + b))", "ln(2) + sqrt(4)", "(1 + 2)^60/a", "(2^3)^2 + (-2^2)^3/a"])
def test_a_formula_is_calculated_as_it_was_read(text: str) -> None:
    """With numbers in place of tensors."""
    def power(base: "Number", exponent: float) -> float:
        try:
            return float(base) ** exponent
        except OverflowError:
            return math.inf

    class Number(float):
        """As a tensor, it ends in inf where Python complains."""
        __pow__ = power
    root, values = with_constants(parse_formula(text).root, ()), {"a": 0.7, "b": 1.3}
    torch = SimpleNamespace(tensor=Number, tanh=math.tanh, exp=math.exp, log=math.log, sqrt=math.sqrt)
    written = TorchFormulas({name: name for name in values}).write(root)
    found = eval(written, {"torch": torch, "math": math, **values})
    assert found == pytest.approx(parse_formula(text).compute({**values, "e": math.e}), rel=1e-15), written


def test_a_lessons_text_is_in_comments_alone() -> None:
    """And its names are no others' but its own; nowhere can it be more than a text."""
    text = script(HOSTILE)
    tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    code = [token for token in tokens if token.type != tokenize.COMMENT]
    assert all(token.string.isascii() and "coding" not in token.string for token in code)
    (title,) = (token for token in tokens if "coding" in token.string)
    assert title.start[0] > 2  # before that, Python would obey it
    theirs = re.findall(r"^# (\w+) is the lesson's", text, re.MULTILINE)
    assert theirs == ["print_", "torch_", "nn_", "derive_", "alpha", "Grose_prime", "u540d", "h_prime_", "w1_13",
                      "lambda_", "held_", "hold_"]


@pytest.mark.parametrize("learning_rate", [0.1, 0.0])
def test_what_a_script_defines_can_be_no_name_of_a_lesson(learning_rate: float) -> None:
    lesson = replace(parse(GRAPHS[0], "graph"), learning_rate=learning_rate)
    own, found = {*model_of(Trace(lesson), 1).names.values(), *map(python_name, functions())}, set[str]()
    for node in ast.parse(script(lesson)).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= {name.name for name in node.names}
    assert {"torch", "hold"} < found - own <= {*NAMES_OF_SCRIPT}


def test_where_training_diverges_the_script_ends() -> None:
    text = script(load("chain-rule"), 100)
    assert len(list(find_calls(text))) == 81
    assert '"""The Loss of some rows: result L."""' in text
    assert 'print("epoch 82: its numbers are too large, or none' in text


class TestUnderPyTorch:
    """Scripts that are run, all in this process."""

    @pytest.fixture(autouse=True)
    def torch(self) -> None:
        pytest.importorskip("torch", reason="PyTorch is not installed, so that nothing runs the scripts; to have them "
                                            "run: pip install -e '.[test,torch]'")

    def run(self, text: str) -> str:
        """What it says last."""
        with contextlib.redirect_stdout(io.StringIO()) as said:
            exec(compile(text, "script.py", "exec"), {})
        return said.getvalue().splitlines()[-1]

    @pytest.mark.parametrize("name", shipped_lessons())
    def test_the_courses_scripts_hold(self, name: str) -> None:
        lesson = load(name)
        numbers = 3 * len(lesson.batches) * (1 + 2 * len(lesson.order))
        assert self.run(script(lesson)) == f"All {numbers} numbers are handgrad's."

    def test_those_of_any_lesson_hold(self) -> None:
        draw = random.Random(5)
        others = [(any_family(draw), random_graph(draw).lesson, any_lesson(draw)) for _ in range(5)]
        for lesson in (*KINDS.values(), HOSTILE, UNTRAINED, *chain.from_iterable(others)):
            assert self.run(script(lesson)).endswith("are handgrad's.")

    @pytest.mark.parametrize(("before", "after", "found"), [
        (r"(4\), 0\.257813)", r"\g<1>1", "epoch 1, Loss"), (r"(w23 +0\.01201)", r"\g<1>1", "epoch 1, gradient of w23"),
        (r"(w13 .* 0\.80760)", r"\g<1>1", "epoch 1, new w13"), (r"(b5 .* 0\.0321)", r"\g<1>1", "epoch 2, new b5"),
        (r'"b5": 0\.2', '"b5": 0.2000001', "epoch 1, Loss"), (r"lr=0\.5", "lr=0.5000001", "epoch 1, new w13")])
    def test_with_a_number_changed_it_fails(self, before: str, after: str, found: str) -> None:
        text = re.sub(before, after, original := script(load("and-gate"), 2), count=1)
        assert text != original
        with pytest.raises(AssertionError, match=f"^{found}: PyTorch finds "):
            self.run(text)
