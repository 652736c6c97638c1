"""Lessons: what is read, and what is said of wrong ones."""

import unicodedata

import pytest

from engine.graph.activations import ACTIVATIONS
from engine.lesson.lesson import LessonError, load, parse, shipped_lessons
from lessons import toml

GOOD = shipped_lessons()["and-gate"].read_text("utf-8")


def problems(text: str) -> list[str]:
    with pytest.raises(LessonError) as caught:
        parse(text, "and.toml")
    return str(caught.value).split("\n")


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_the_and_lesson() -> None:
    lesson = load("and-gate")
    assert lesson.X.tolist() == [[1, 1], [1, 0], [0, 1], [0, 0]]
    assert lesson.Y.tolist() == [[1], [0], [0], [0]]
    assert [p.name for p in lesson.order] == ["w13", "w23", "b3", "w24", "w14", "b4", "w35", "w45", "b5"]
    assert lesson.start == {"w13": 0.8, "w23": -0.6, "b3": 0.1, "w14": 0.7, "w24": 0.5, "b4": -0.3, "w35": -0.4,
                            "w45": 0.9, "b5": 0.2}


def test_every_shipped_lesson_is_named_as_its_file_is() -> None:
    for name, path in shipped_lessons().items():
        text = path.read_text("utf-8")
        assert parse(text, name).id == name


def test_a_network_without_hidden_layers() -> None:
    text = toml([2, 1], ["sigmoid"], "mse", [[0.0, 1.0, 1.0]], {"w13": 1, "w23": 2, "b3": 0})
    assert load_parse(text) == ["w13", "w23", "b3"]


def load_parse(text: str) -> list[str]:
    return list(parse(text, "x.toml").network.parameters)


def test_past_nine_units_names_have_a_comma() -> None:
    text = toml([2, 7, 1], ["tanh", "sigmoid"], "mse", [[0.0, 1.0, 1.0]], 7)
    assert load_parse(text)[:3] == ["w1,3", "w2,3", "b3"]


def test_a_seed_gives_the_same_numbers_on_every_machine() -> None:
    lesson = parse(toml([2, 2, 1], ["relu", "sigmoid"], "mse", [[0.0, 1.0, 1.0]], 7), "x.toml")
    assert list(lesson.start.values()) == [-0.4, -0.7, 0.4, -0.9, 0.1, -0.3, -0.9, 0.1, -1.0]


@pytest.mark.parametrize(("old", "new", "expected"), [
    ("w35 = -0.4\n", "",
     ["parameters.w35: missing; expected a finite number (or for all of them: seed = 7) (line 23)"]),
    ("w35 = -0.4\n", 'w35 = "x"\n', ['parameters.w35: "x"; expected a finite number (line 30)']),
    ("w35 = -0.4\n", "w35 = nan\n", ["parameters.w35: nan; expected a finite number (line 30)"]),
    ("w35 = -0.4\n", "w35 = 1e400\n", ["parameters.w35: inf; expected a finite number (line 30)"]),
    ("w35 = -0.4\n", "w35 = true\n", ["parameters.w35: true; expected a finite number (line 30)"]),
    ("w35 = -0.4\n", "w35 = -0.4\nw36 = 1\n",
     ["parameters.w36: unknown parameter; expected one of w13, w23, b3, w14, w24, b4, w35, w45, b5 (line 31)"]),
    ("w35 = -0.4\n", "w53 = -0.4\n",
     ["parameters.w53: unknown parameter; expected one of w13, w23, b3, w14, w24, b4, w35, w45, b5; "
      'did you mean "w35"? (line 30)',
      "parameters.w35: missing; expected a finite number (or for all of them: seed = 7) (line 23)"]),
    ("format = 1", "format = 2", ["format: 2; expected 1 (line 4)"]),
    ("format = 1", "format = 1\ncolour = 3",
     ["colour: unknown key; expected one of format, id, title, data, network, parameters, training, "
      "graph, check, introduction, goal, requires, next, notes (line 5)"]),
    ("learning_rate", "learning_rat", [
        "training.learning_rat: unknown key; expected one of loss, learning_rate, order, "
        'batch, optimizer, weight_decay, fixed; did you mean "learning_rate"? (line 36)',
        "training.learning_rate: missing; expected a finite number above 0 (line 34)"]),
    ("learning_rate = 0.5", 'learning_rate = "0.5"',
     ['training.learning_rate: "0.5"; expected a finite number above 0 (line 36)']),
    ("learning_rate = 0.5", "learning_rate = 0",
     ["training.learning_rate: 0; expected a finite number above 0 (line 36)"]),
    ("units = 2", "units = 0", ["network.hidden[0].units: 0; expected a whole number from 1 to 64 (line 20)"]),
    ("units = 2", "units = 1000000000",
     ["network.hidden[0].units: 1000000000; expected a whole number from 1 to 64 (line 20)"]),
    ("units = 2", "units = 2.0", ["network.hidden[0].units: 2.0; expected a whole number from 1 to 64 (line 20)"]),
    ('"relu"', '"softmax"', ['network.hidden[0].activation: "softmax"; expected one of '
                             + ", ".join(f'"{name}"' for name, f in ACTIVATIONS.items()
                                         if not f.takes_layer) + " (line 20)"]),
    ('id = "and-gate"', 'id = "AND gate"',
     ['id: "AND gate"; expected lower-case letters, digits and hyphens, 60 at most (line 5)']),
    ("[1, 0, 0]", "[1, 0]", ["data.rows, row 2: 2 numbers; expected 3: x1, x2, y (line 17)"]),
    ("[1, 0, 0]", "[1, nan, 0]", ["data.rows, row 2, number 2: nan; expected a finite number (line 17)"]),
    ("[1, 0, 0]", '"110"', ['data.rows, row 2: "110"; expected a list of 2 to 128 numbers (line 17)']),
    ('inputs = ["x1", "x2"]', 'inputs = ["x1", "x1"]',
     ['data.inputs, name 2: "x1"; expected a name that no other column has (line 15)']),
    ('inputs = ["x1", "x2"]', 'inputs = ["x1", "Z3"]',
     ['data.inputs, name 2: "Z3"; expected a name that no number of the network has (line 15)']),
    ('inputs = ["x1", "x2"]', 'inputs = ["x1", "Sig"]',
     ['data.inputs, name 2: "Sig"; expected a name that no number of the network has (line 15)']),
    ('inputs = ["x1", "x2"]', 'inputs = ["x1", "[b]x"]',
     ['data.inputs, name 2: "[b]x"; expected a name of 1 to 12 letters, digits and _, a letter first (line 15)']),
    ('"w13", "w23"', '"w13", "w13"', ['training.order, name 2: "w13" again; expected every parameter once (line 37)',
                                      "training.order: w23 is missing; expected every parameter once (line 37)"]),
    ('"w13", "w23"', '"w13", "q"', ['training.order, name 2: "q"; expected a parameter of the network (line 37)',
                                    "training.order: w23 is missing; expected every parameter once (line 37)"]),
    ('activation = "sigmoid" }\n\n[parameters]', 'activation = "relu" }\n\n[parameters]', None),
    ("[goal]", "[check]\ngradients = { w13 = -0.03, w31 = 1 }\n[goal]", [
        'check.gradients.w31: unknown parameter; expected a parameter of the network; did you mean "w13"? (line 40)']),
    ("[goal]", "[check]\ngradients = {}\n[goal]",
     ["check.gradients: no gradient; expected one at least, as { w13 = 0.25 } (line 40)"]),
    ("[goal]", "fixed = ['b5']\n[check]\ngradients = { b5 = 1 }\n[goal]", [
        'training.order, name 9: "b5", which is fixed; expected every parameter once that is not fixed (line 37)',
        "check.gradients.b5: a parameter that is fixed; expected one that is trained: no other has a gradient "
        "(line 41)"]),
    ('title = "AND gate, by hand"', r'title = "\u001b]0;x"',
     [r'title: "\x1b]0;x", with a control character U+001B as character 1; expected a line of text of 1 to 60 '
      "characters (line 6)"]),
])
def test_what_is_said_of_wrong_lessons(old: str, new: str, expected: list[str] | None) -> None:
    if expected is None:
        parse(changed(old, new), "and.toml")
    else:
        assert problems(changed(old, new)) == [f"and.toml: {problem}" for problem in expected]


def test_all_problems_are_said_in_one_go() -> None:
    text = changed("w35 = -0.4\n", "").replace("[1, 0, 0]", "[1, nan, 0]").replace("[0, 1, 0]", "[0, 1]")
    text = text.replace('loss = "mse"', 'loss = "mes"').replace("format = 1", "format = 1\nx = 1")
    assert [line.split(": ")[1] for line in problems(text)] == [
        "x", "data.rows, row 2, number 2", "data.rows, row 3", "training.loss", "parameters.w35"]


def test_a_seed_and_parameters_are_one_contradiction() -> None:
    assert problems(changed("w13 = 0.8", "seed = 7\nw13 = 0.8")) == [
        "and.toml: parameters: seed and 9 more; expected either seed alone or every parameter (line 23)"]


def test_bce_needs_a_sigmoid_and_targets_from_0_to_1() -> None:
    text = toml([1, 1], ["tanh"], "bce", [[0.0, 2.0]], 7)
    assert problems(text) == [
        'and.toml: data.rows, row 1, number 2: 2.0; expected a target from 0 to 1 with "bce" (line 7)',
        'and.toml: training.loss: "bce" with output "tanh"; expected output "sigmoid": bce takes ln(A), ln(1−A) '
        "(line 14)"]


def test_an_unknown_id_is_answered_with_a_near_one() -> None:
    with pytest.raises(LessonError) as caught:
        load("and-gat")
    known = ', '.join(list(shipped_lessons())[:20])
    assert str(caught.value) == (f"and-gat: no such lesson; expected one of {known} and 11 more, or a file's path; "
                                 'did you mean "and-gate"?')


def test_a_thousand_problems_are_cut_short() -> None:
    text = changed("[training]", "".join(f"q{k} = 1\n" for k in range(1000)) + "[training]")
    assert len(problems(text)) == 201
    assert problems(text)[-1] == "and.toml: and more; these are the first 200"


@pytest.mark.parametrize(("old", "new", "said"), [
    ("[data]", "learning_rate = 1\n[data]", "learning_rate: unknown key; expected it in [training] (line 14)"),
    ("[training]", "[training]\ntitle = 'x'",
     "training.title: unknown key; expected it at the top, before the first [table] (line 35)"),
    ("[training]", "[training]\nw13 = 1", "training.w13: unknown key; expected it in [parameters] (line 35)"),
    ("[training]", '[training]\n"w1,13" = 1', 'training."w1,13": unknown key; expected it in [parameters] (line 35)'),
    ("format = 1", "seed = 7\nformat = 1", "seed: unknown key; expected it in [parameters] (line 4)"),
    ("format = 1", "lr = 7\nformat = 1", "lr: unknown key; expected learning_rate in [training] (line 4)"),
    ("[training]", "[training]\nunits = 2", "training.units: unknown key; expected it in [[network.hidden]] (line 35)"),
    ("[training]", "[training]\nactivation = 2", "training.activation: unknown key; expected it in [network.output] or "
                                                 "[[network.hidden]] (line 35)"),
    ("[training]", "[training]\nlerning_rate = 2", "training.lerning_rate: unknown key; expected one of loss, "
                                                   "learning_rate, order, batch, optimizer, weight_decay, fixed "
                                                   "(line 35)"),
    ('loss = "mse"', 'lose = "mse"', 'training.lose: unknown key; expected one of loss, learning_rate, order, '
                                     'batch, optimizer, weight_decay, fixed; did you mean "loss"? (line 35)'),
    ('title = "AND gate, by hand"', 'title = "a\tb"',
     'title: "a\\tb", with a tab as character 2; expected a line of text of 1 to 60 characters (line 6)'),
])
def test_a_key_is_told_its_table_and_a_near_name_that_is_not_there(old: str, new: str, said: str) -> None:
    assert f"and.toml: {said}" in problems(changed(old, new))


def test_problems_come_in_the_order_of_their_lines_and_what_is_missing_last() -> None:
    text = changed("title =", "titel =").replace("rows = [[1", "rows = [[true").replace("w13 = 0.8\n", "")
    assert [problem.partition(":")[2].partition(";")[0] for problem in problems(text.replace('"mse"', '"mes"'))] == [
        " titel: unknown key", " data.rows, row 1, number 1: true", ' training.loss: "mes"',
        " parameters.w13: missing", " title: missing"]


@pytest.mark.parametrize(("rows", "said"), [
    ("[0,5, 1, 0], [1, 1, 0]", ["row 1: 4 numbers; expected 3: x1, x2, y; a decimal comma? write 0.5 for 0,5"]),
    ("[0,5, -1,25, 0], [1, 1, 1,0]", ["row 1: 5 numbers; expected 3: x1, x2, y; a decimal comma? write 0.5 for 0,5",
                                      "row 2: 4 numbers; expected 3: x1, x2, y; a decimal comma? write 1.0 for 1,0"]),
    ("[0,5,1,0]", ["row 1: 4 numbers; expected 3: x1, x2, y"]),
    ("[0, 5, 1, 0]", ["row 1: 4 numbers; expected 3: x1, x2, y"]),
    ("[0,5, 1, 0, 1]", ["row 1: 5 numbers; expected 3: x1, x2, y"]),
])
def test_a_decimal_comma_in_a_row_is_asked_about_and_what_follows_from_it_is_not_said(
        rows: str, said: list[str]) -> None:
    text = changed("[[1, 1, 1], [1, 0, 0], [0, 1, 0], [0, 0, 0]]", f"[{rows}, [0, 1, 0], [2, 0, 0], [3, 3, 0]]")
    assert problems(text) == [f"and.toml: data.rows, {each} (line 17)" for each in said]


def test_lists_are_counted_from_1() -> None:
    text = changed('parameter = "w13"\nrow = 3', 'parameter = "w99"\nrow = 3').replace(
        'next = "or-gate"', 'requires = ["or-gate", "?"]').replace('"w13", "w23"', '"w23", "w23"')
    assert [problem.split(": ")[1] for problem in problems(text)] == [
        "requires, id 2", "training.order, name 2", "training.order", "notes, note 4, parameter"]


def test_a_name_without_its_comma_is_told_once_with_the_reason() -> None:
    given = parse(toml([2, 7, 1], ["tanh", "sigmoid"], "mse", [[0.0, 1.0, 1.0]], 7), "x.toml").start
    text = toml([2, 7, 1], ["tanh", "sigmoid"], "mse", [[0.0, 1.0, 1.0]],
                {name.replace(",", ""): value for name, value in given.items()})
    assert problems(text) == ['and.toml: parameters.w13: a name without a comma, as 20 more; expected "w1,3"; past 9 '
                              "units every weight's name has one (line 12)"]
    text = text.replace("[training]", '[training]\norder = ["w13"]')
    assert [problem.partition("; expected ")[::2] for problem in problems(text)[1:]] == [
        ('and.toml: training.order, name 1: "w13"', 'a parameter of the network; did you mean "w1,3"? (line 42)'),
        ("and.toml: training.order: w1,3, w2,3, b3, w1,4, w2,4, b4, w1,5, w2,5, b5, w1,6, w2,6, b6 and 17 more are "
         "missing", "every parameter once (line 42)")]
    assert problems(changed("w13 = 0.8", '"w1,3" = 0.8')) == [
        'and.toml: parameters."w1,3": a name with a comma; expected w13; up to 9 units no name has one (line 24)']


def test_no_name_is_suggested_that_is_not_near() -> None:
    for text in (changed("units = 2", "units = 3"), changed('"x1", "x2"', '"x1", "x2", "x3"')):
        assert not [problem for problem in problems(text) if "did you mean" in problem]
    assert 'did you mean "b5"?' in problems(changed("b5 = 0.2", "b6 = 0.2"))[0]


def test_of_many_parameters_those_that_are_missing_are_listed() -> None:
    given = parse(toml([2, 8, 1], ["tanh", "sigmoid"], "mse", [[0.0, 1.0, 1.0]], 7), "x.toml").start
    text = toml([2, 8, 1], ["tanh", "sigmoid"], "mse", [[0.0, 1.0, 1.0]], {
        ("w1,53" if name == "w1,3" else name): value for name, value in given.items()})
    assert problems(text) == [
        'and.toml: parameters."w1,53": unknown parameter; expected one of w1,3 to b11; missing: w1,3; '
        'did you mean "w1,3"? (line 12)',
        'and.toml: parameters."w1,3": missing; expected a finite number (or for all of them: seed = 7) (line 11)']
    many = problems(toml([2, 8, 1], ["tanh", "sigmoid"], "mse", [[0.0, 1.0, 1.0]], {"x": 1, "y": 2}))
    assert many[0].endswith(", w2,6, b6 and 21 more (line 12)")
    assert many[1] == "and.toml: parameters.y: unknown parameter; expected a parameter of the network (line 13)"
    assert many[2].startswith('and.toml: parameters."w1,3": missing, as are w2,3, b3, ')
    assert many[2].endswith("; expected a finite number (or for all of them: seed = 7) (line 11)")
    assert len(many) == 3
    none = problems(toml([2, 8, 1], ["tanh", "sigmoid"], "mse", [[0.0, 1.0, 1.0]], {**given, "x": 1}))
    assert none == ["and.toml: parameters.x: unknown parameter; expected one of w1,3 to b11, which are all given "
                    "(line 45)"]


@pytest.mark.parametrize(("name", "is_one"), [
    ("Größe", True), ("长度", True), ("e\u0301", True), ("परीक्षा", True), ("データ1", True), ("x_1", True),
    ("长度长度长度", True), ("长度长度长度1", False), ("x²", False), ("x₁", False), ("ⁿ", False), ("a b", False),
    ("x·y", False), ("1x", False), ("\u0301x", False), ("_x", False), ("x\u200b", False), ("カー1", False)])
def test_names_may_have_any_letters(name: str, is_one: bool) -> None:
    text = changed('"x1"', f'"{name}"')
    if is_one:
        assert parse(text, "and.toml").inputs[0] == unicodedata.normalize("NFC", name)
    else:
        assert "expected a name of 1 to 12 letters, digits and _, a letter first" in problems(text)[0]


@pytest.mark.parametrize(("name", "expected"), [
    ("Ａ3", "a name that no number of the network has"), ("ＳＩＧ", "a name that no number of the network has"),
    ("ſig", "a name that no number of the network has"), ("Η", ""), ("ｘ2", "a name that no other column has")])
def test_no_name_passes_for_another(name: str, expected: str) -> None:
    text = changed('"x1"', f'"{name}"')
    if expected:
        column = 'name 2: "x2"' if "other" in expected else f'name 1: "{name}"'
        assert problems(text) == [f"and.toml: data.inputs, {column}; expected {expected} (line 15)"]
    else:
        assert problems(text)
