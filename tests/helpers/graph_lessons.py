"""Lessons of formulas for tests: the graph that everybody draws, with rows, with much shared, large."""

import random

from engine.lesson.lesson import Lesson, parse

CHAIN = ("u = a*b", "e = u + c", "L = e*f")
TANH = ("q = a*x", "e = tanh(q + b)", "L = (e - y)^2")
ATTENTION = ("s1 = q*k1", "s2 = q*k2", "e1 = exp(s1)", "e2 = exp(s2)", "m = e1 + e2", "p1 = e1/m", "p2 = e2/m",
             "o = p1*v1 + p2*v2", "L = (o - 1)^2")
RECURRENT = ("h1 = tanh(w*x1 + b)", "h2 = tanh(w*x2 + u*h1 + b)", "L = (v*h2 - y)^2/2")


def formulas(nodes: tuple[str, ...], parameters: dict[str, float], columns: str = "",
             rows: tuple[list[float], ...] = (), training: str = "", title: str = "formulas") -> Lesson:
    """A lesson: `columns` are the inputs' names; one called y is a target."""
    inputs, targets = ([name for name in columns.split() if (name == "y") is is_target] for is_target in (False, True))
    data = ["[data]", f"inputs = {inputs}", f"targets = {targets}", f"rows = {list(rows)}"] if rows else []
    return parse("\n".join([
        "format = 1", 'id = "formulas"', f'title = "{title}"', *data, "[graph]", f"nodes = {list(nodes)}",
        "[parameters]", *(f'"{name}" = {value}' for name, value in parameters.items()),
        *["[training]"] * bool(training), training, ""]), "formulas.toml")


def chain(training: str = "") -> Lesson:
    """(a·b + c)·f at 2, −3, 10, −2."""
    return formulas(CHAIN, {"a": 2.0, "b": -3.0, "c": 10.0, "f": -2.0}, training=training, title="The chain rule")


def tanh(training: str = "learning_rate = 0.1") -> Lesson:
    """A neuron as formulas, over two rows."""
    return formulas(TANH, {"a": 2.0, "b": -1.0}, "x y", ([0.5, 0.2], [1.5, -0.3]), training, "A neuron as formulas")


def attention() -> Lesson:
    """Two keys and one query, without data: six paths to it."""
    return formulas(ATTENTION, {"q": 0.5, "k1": 1.0, "k2": -0.5, "v1": 0.3, "v2": 0.9}, title="Attention")


def recurrent() -> Lesson:
    """Two steps of one weight, over three rows."""
    rows = ([0.5, -0.3, 0.2], [1.5, 0.4, -0.3], [0.1, 0.9, 0.7])
    return formulas(RECURRENT, {"w": 0.8, "u": -0.5, "b": 0.1, "v": 1.2}, "x1 x2 y", rows, "learning_rate = 0.1")


def long_names(draw: random.Random) -> Lesson:
    """A large one, every name as long as one may be."""
    names = [f"node_{k:>07}" for k in range(draw.randint(3, 36))]
    texts, before = [], ["a_parameter1", "a_parameter2", "a_long_input"]
    for name in names:
        u, v = draw.choice(before[-6:]), draw.choice(before)
        formula = draw.choice((f"{u} + {v}", f"tanh({u}*{v} - {u})", f"{u}/({v}^2 + 1)", f"sig({v})"))
        texts.append(f"{name} = {formula}")
        before.append(name)
    rows = tuple([draw.uniform(-2, 2)] for _ in range(draw.randint(1, 16)))
    return formulas((*texts, f"L = {names[-1]} + a_parameter1*a_parameter2^2"),
                    {"a_parameter1": -1.25, "a_parameter2": 0.5}, "a_long_input", rows, "learning_rate = 0.01")
