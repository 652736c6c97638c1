"""Lessons of formulas for tests: the graph that everybody draws, with rows, with much shared, large."""

import random

from engine.lesson.lesson import Lesson
from lessons import graph

TRAINED = "[training]\nlearning_rate = 0.1"


def chain(more: str = "") -> Lesson:
    """(a·b + c)·f at 2, −3, 10, −2."""
    return graph(["u = a*b", "e = u + c", "L = e*f"], {"a": 2.0, "b": -3.0, "c": 10.0, "f": -2.0}, more=more)


def neuron() -> Lesson:
    """A neuron over two rows."""
    return graph(["q = a*x", "e = tanh(q + b)", "L = (e - y)^2"], {"a": 2.0, "b": -1.0},
                 '[data]\ninputs = ["x"]\ntargets = ["y"]\nrows = [[0.5, 0.2], [1.5, -0.3]]', TRAINED)


def attention() -> Lesson:
    """Two keys and one query, without data: six paths to it."""
    return graph(["s1 = q*k1", "s2 = q*k2", "e1 = exp(s1)", "e2 = exp(s2)", "m = e1 + e2", "p1 = e1/m", "p2 = e2/m",
                  "o = p1*v1 + p2*v2", "L = (o - 1)^2"], {"q": 0.5, "k1": 1.0, "k2": -0.5, "v1": 0.3, "v2": 0.9})


def recurrent() -> Lesson:
    """Two steps of one weight, over three rows."""
    return graph(["h1 = tanh(w*x1 + b)", "h2 = tanh(w*x2 + u*h1 + b)", "L = (v*h2 - y)^2/2"],
                 {"w": 0.8, "u": -0.5, "b": 0.1, "v": 1.2},
                 '[data]\ninputs = ["x1", "x2"]\ntargets = ["y"]\n'
                 "rows = [[0.5, -0.3, 0.2], [1.5, 0.4, -0.3], [0.1, 0.9, 0.7]]", TRAINED)


def long_names(draw: random.Random) -> Lesson:
    """Of 3 to 36 nodes over 1 to 16 rows, every name as long as one may be."""
    names = [f"node_{k:>07}" for k in range(draw.randint(2, 35))]
    texts, before = list[str](), ["a_parameter1", "x_0123456789"]
    for name in names:
        u, v = draw.choice(before[-6:]), draw.choice(before)
        formula = draw.choice((f"{u} + {v}", f"tanh({u}*{v} - {u})", f"{u}/({v}^2 + 1)", f"sig({v})"))
        texts.append(f"{name} = {formula}")
        before.append(name)
    rows = [[draw.uniform(-2, 2)] for _ in range(draw.randint(1, 16))]
    return graph([*texts, f"L = {names[-1]} + a_parameter1^2*b"], {"a_parameter1": -1.25, "b": 0.5},
                 f'[data]\ninputs = ["x_0123456789"]\ntargets = []\nrows = {rows}', TRAINED)


MORE_OF_A_NETWORK = """\
format = 1
id = "more"
title = "Three classes"
[data]
inputs = ["x1", "x2"]
targets = ["red", "green", "blue"]
rows = [[1, 0.5, 1, 0, 0], [0, 1, 0, 0.5, 0.5], [-1, 2, 0, 0, 1]]
[network]
hidden = [{ units = 2, activation = "softplus" }]
bias = "layer"
output = { activation = "softmax" }
[parameters]
w13 = 0.8
w23 = -0.6
w14 = 0.7
w24 = 0.5
b1 = 0.1
w35 = -0.4
w45 = 0.9
w36 = 0.3
w46 = 0.6
w37 = -0.2
w47 = 0.4
b2 = 0.2
[training]
loss = "cross_entropy"
learning_rate = 0.5
batch = 1
optimizer = { name = "momentum", beta = 0.8 }
weight_decay = 0.01
fixed = ["b1"]
"""
GRAPH = """\
format = 1
id = "graph"
title = "A graph"
[data]
inputs = ["x"]
targets = []
rows = [[0.5], [1.5]]
[graph]
nodes = ["q = a*x", "e = tanh(q + b)", "L = (e - 1)^2"]
result = "L"
rows = "mean"
split = false
[parameters]
a = 2.0
b = -1.0
[training]
learning_rate = 0.1
"""
WITHOUT_DATA = """\
format = 1
id = "product"
title = "A product"
[graph]
nodes = ["L = (a*b + c)*f"]
split = true
[parameters]
a = 2
b = -3
c = 10
f = -2
"""
RECURRENT = """\
format = 1
id = "recurrent"
title = "Two steps of one weight"
introduction = "h' is what h was."
goal = { loss_below = 0.2, epoch = 9 }
[data]
inputs = ["x_1", "x_2"]
targets = ["y"]
rows = [
  [0.5, -1.0, 0.25],
  [1.0, 2.0, 0.75],
  [0.0, 0.0, 0.5],
]
[graph]
nodes = [
  "h' = tanh(u*x_1 + b)",
  "h = tanh(u*x_2 + w*h' + b)",
  "p = sig(v h)",
  "L = -y*ln(p) - (1 - y)*ln(1 - p)",
]
rows = "sum"
[parameters]
seed = 7
[training]
learning_rate = 0.1
order = ["w", "u", "v"]
batch = 2
optimizer = "adam"
fixed = ["b"]
[[notes]]
text = "Two uses of w."
parameter = "w"
row = 2
"""
GRAPHS = (GRAPH, WITHOUT_DATA, RECURRENT)
