"""Lessons with formulas, and networks with all that lessons may say of them, as text."""

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
