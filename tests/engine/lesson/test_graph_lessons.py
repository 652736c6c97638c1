"""Lessons with formulas: what is read, and what is said of wrong ones."""

import hostile_lessons
import pytest
from graph_lessons import GRAPH, RECURRENT, WITHOUT_DATA

from engine.graph.formulas import Formulas
from engine.graph.optimizers import ADAM, SGD
from engine.lesson.identity import key_of
from engine.lesson.lesson import Lesson, LessonError, parse

NODES = '["q = a*x", "e = tanh(q + b)", "L = (e - 1)^2"]'
EARLIER = "data, parameters and earlier nodes"


def problems(text: str) -> list[str]:
    with pytest.raises(LessonError) as caught:
        parse(text, "g")
    return str(caught.value).split("\n")


def changed(*pairs: str, text: str = GRAPH) -> str:
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        assert old in text
        text = text.replace(old, new)
    return text


def formulas_of(lesson: Lesson) -> Formulas:
    assert lesson.formulas
    return lesson.formulas


def test_a_graph_is_read() -> None:
    lesson = parse(GRAPH, "g")
    formulas = formulas_of(lesson)
    assert (formulas.columns, formulas.names, formulas.result, formulas.is_mean) == (("x",), ("a", "b"), "L", True)
    assert [node.name for node in formulas.nodes] == ["q", "e", "L"]
    assert (lesson.inputs, lesson.targets, lesson.table) == (("x",), (), ((0.5,), (1.5,)))
    assert (lesson.start, lesson.learning_rate, lesson.optimizer) == ({"a": 2.0, "b": -1.0}, 0.1, SGD)
    assert [parameter.name for parameter in lesson.order] == ["a", "b"]
    assert (lesson.terms, lesson.loss.is_mean, lesson.classifies) == (2, True, False)


def test_without_data_there_is_one_row_and_without_training_no_update() -> None:
    lesson = parse(WITHOUT_DATA, "g")
    assert (lesson.rows, lesson.table, lesson.X.shape, lesson.trains) == (1, ((),), (1, 0), False)
    assert [node.name for node in formulas_of(lesson).nodes] == ["u1", "u2", "L"]


def test_primes_order_and_what_a_seed_draws() -> None:
    lesson = parse(RECURRENT, "g")
    assert [node.name for node in formulas_of(lesson).nodes][:2] == ["h′", "h"]
    assert lesson.start == {"u": -0.4, "b": -0.7, "w": 0.4, "v": -0.9}
    assert [parameter.name for parameter in lesson.order] == ["w", "u", "v"]
    assert (lesson.loss.is_mean, lesson.batch, lesson.optimizer, lesson.settings["beta2"]) == (False, 2, ADAM, 0.999)
    given = changed("seed = 7", '"v\'" = 1\nu = 1\nw = 1\nb = 1', "v h", "v' h", '"u", "v"]', '"u", "v\'"]',
                    text=RECURRENT)
    assert [parameter.name for parameter in parse(given, "g").order] == ["w", "u", "v′"]


@pytest.mark.parametrize(("nodes", "said"), [
    ('["e = tanh(q + b)", "q = a*x", "L = (e - 1)^2"]',
     f"formula 1: e = tanh(q + b) uses q, which comes later; expected {EARLIER}; it could stand behind formula 2"),
    ('["p = r*x", "q = p + 1", "r = q*2", "L = a*r + b"]',
     f"formula 1: p = r*x uses r, in a circle: p, r, q, p; expected {EARLIER}"),
    ('["q = a*x + q", "L = q + b"]', f"formula 1: q = a*x + q uses itself; expected {EARLIER}"),
    ('["q = a*x", "e = tanh(qq + b)", "L = e^2"]', "formula 2: e = tanh(qq + b): unknown name qq; expected a value for "
     f'it, or {EARLIER}: a, b, q, x; did you mean "q"?'),
    ('["q = a*x", "L = pi*q + b"]',
     f"formula 2: L = pi*q + b: unknown name pi; expected a value for it, or {EARLIER}; for the number write "
     "3.14159265"),
    ('["q = a*x", "L = sin(q + b)"]', "formula 2: L = sin(q + b): there is no function sin, and no number of this "
     'name; expected one of exp, ln, sqrt, relu, leaky, sig, tanh, softplus, step; did you mean "sig"?'),
    ('["q = a*x", "L = tanh(q + b"]', 'formula 2: "L = tanh(q + b": a closing bracket is missing, at character 15; '
     "expected a formula, as q = a*x + b"),
    ('["q = a*x", "L == q + b"]', "formula 2: \"L == q + b\": '=' means nothing here, at character 4; expected a "
     "formula, as q = a*x + b"),
    ('["q = a*x", "tanh(q + b)"]', 'formula 2: "tanh(q + b)", without =; expected a formula, as q = a*x + b'),
    ('["2q = a*x", "L = b"]', 'formula 1: "2q" before =; expected a name of 1 to 12 letters, digits and _, a letter '
     "first, primes last"),
    ('["q = a*x", "q = b", "L = q"]', 'formula 2: "q" again; expected a name that no other number has'),
    ('["a = b*x", "L = a"]', 'formula 1: "a" again; expected a name that no other number has'),
    ('["lr = a*x", "L = lr + b"]', 'formula 1: "lr"; expected another name: lr is the learning rate'),
    ('["Loss = a*x", "L = Loss + b"]',
     'formula 1: "Loss"; expected another name: Loss is what all the rows make together'),
    ('["Sig = a*x", "L = b"]',
     'formula 1: "Sig"; expected another name: this one is a function\'s, or the learning rate\'s'),
    ('["q = a*x", "p = ln(q - 2)", "L = p + b"]', "formula 2: p = ln(q - 2) in row 1, where q is 1: no number comes of "
     "this; expected a number at the start"),
    ('["L = (a + b)/(x - 1.5)"]', "formula 1: L = (a + b)/(x - 1.5) in row 2, where a is 2 and b is −1 and x is 1.5: a "
     "division by 0; expected a number at the start"),
])
def test_what_is_said_of_wrong_formulas(nodes: str, said: str) -> None:
    assert problems(changed(NODES, nodes)) == [f"g: graph.nodes, {said} (line 9)"]


MANY = ", ".join(f'"q{k} = a*x + b*a + {k}"' for k in range(33))


@pytest.mark.parametrize(("pairs", "said"), [
    (('result = "L"', 'result = "M"'), 'graph.result: "M"; expected the name of one of the nodes (line 10)'),
    (("a = 2.0", "a = 2.0\nc = 1"), "parameters.c: L does not depend on it; expected a parameter in a formula that "
     "leads there, or none of this name (line 15)"),
    ((NODES, '["q = a*x", "z = q + b", "L = q^2"]'), "parameters.b: L does not depend on it; expected a parameter in a "
     "formula that leads there, or none of this name (line 15)"),
    ((NODES, '["q = lr*x", "L = q"]', "a = 2.0\nb = -1.0\n", "seed = 7\n"),
     'parameters.seed: "lr"; expected another name: lr is the learning rate (line 14)'),
    ((NODES, '["q = c*x", "L = a*x"]', "a = 2.0\nb = -1.0\n", "seed = 7\n"), "parameters.seed: L does not depend on c; "
     "expected a parameter in a formula that leads there, or none of this name (line 14)"),
    ((NODES, '["L = x^2"]', "a = 2.0\nb = -1.0\n", "seed = 7\n"),
     "parameters: none in any formula; expected one at least that L depends on (line 13)"),
    (('"x"]', '"b"]', "a*x", "a*b"), 'parameters.b: "b" again; expected a name that no other number has (line 15)'),
    (("a = 2.0", '"a b" = 2.0'), 'parameters."a b": a name that no formula can use; expected letters, digits and _, a '
     "letter first, primes last (line 14)"),
    (("[graph]", '[network]\noutput = { activation = "relu" }\n[graph]'),
     "network: beside [graph]; expected one of the two (line 8)"),
    (("[[0.5], [1.5]]", "[[0.5, 1], [1.5]]"), "data.rows, row 1: 2 numbers; expected 1: x (line 7)"),
    (('["x"]', "[]"), "data: no columns; expected inputs or targets, or for a graph without any no [data] (line 4)"),
    (("= 0.1", '= 0.1\nloss = "mse"'),
     'training.loss: "mse"; expected none: what a graph\'s rows make is in graph.rows (line 18)'),
    (("learning_rate = 0.1", "batch = 1"),
     "training.batch: 1; expected a learning_rate beside it: without there are no updates (line 17)"),
    (("= 0.1", '= 0.1\noptimizer = "adam"', NODES, '["q = a*x", "t = q + b", "L = t^2"]'),
     'graph.nodes, formula 2: "t"; expected another name: t is how many updates Adam has made (line 9)'),
    (("= 0.1", '= 0.1\nfixed = ["a"]\norder = ["b", "a"]'),
     'training.order, name 2: "a", which is fixed; expected every parameter once that is not fixed (line 19)'),
    (('"A graph"', '"A graph"\ngoal = { rows_right = 2, epoch = 3 }'),
     "goal.rows_right: 2; expected loss_below: no row of a graph is right or wrong (line 4)"),
    (('"A graph"', '"A graph"\ngoal = { loss_below = -2, epoch = 3 }', "learning_rate = 0.1", ""),
     "goal.epoch: 3; expected 1, or a learning_rate: without there is one epoch (line 4)"),
    (("= 0.1", '= 0.1\n[[notes]]\ntext = "x"\nunit = 3'), "notes, note 1, unit: 3; expected no unit: a graph has none "
     "(line 20)"),
    ((NODES, f"[{MANY}, \"L = q32*b\"]", "= false", "= true"),
     "graph.split: true, which makes 133 nodes; expected at most 64, or false (line 12)"),
    ((NODES, f"[{MANY}, \"L = q32*b\"]", "[0.5]", ",\n".join(["[0.5]"] * 400)),
     "graph.nodes: 133 operations in 401 rows; expected at most 50000 in all rows together (line 408)"),
])
def test_what_is_said_of_wrong_graphs(pairs: tuple[str, ...], said: str) -> None:
    assert problems(changed(*pairs)) == [f"g: {said}"]


def test_of_one_row_the_result_may_be_the_loss() -> None:
    text = changed("[[0.5], [1.5]]", "[[0.5]]", "L = ", "Loss = ", 'result = "L"', 'result = "Loss"')
    assert formulas_of(parse(text, "g")).result == "Loss"


@pytest.mark.parametrize(("pairs", "is_same"), [
    (("a*x", "(a · x)"), True), (('"x"', '"z"', "a*x", "a*z"), True), (('"A graph"', '"Ein Graph"'), True),
    (("rows = \"mean\"\n", ""), True), (("= 0.1", "= 0.1\nbatch = 2"), True), (("a*x", "x*a"), False),
    (('"mean"', '"sum"'), False), (("split = false", "split = true"), False), (("2.0", "2.5"), False),
    (("= 0.1", "= 0.1\nbatch = 1"), False), (("= 0.1", '= 0.1\noptimizer = "adam"'), False),
    (("= 0.1", '= 0.1\nfixed = ["a"]'), False), (("= 0.1", "= 0.1\nweight_decay = 0.1"), False)])
def test_a_graph_is_known_by_what_it_calculates(pairs: tuple[str, ...], is_same: bool) -> None:
    assert (key_of(parse(changed(*pairs), "g")) == key_of(parse(GRAPH, "g"))) is is_same


def test_hostile_graphs() -> None:
    """`python tests/benchmarks/endurance.py lessons` tries these among others."""
    results = {hostile_lessons.read(text) for text in hostile_lessons.mutated_graphs(3, 1_500)}
    assert results == {"refused", "is read"}
