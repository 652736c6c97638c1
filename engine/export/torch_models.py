"""What a lesson calculates, as PyTorch has it: a network as a module, a graph's formulas with plain tensors."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from engine.export.in_words import loss_in_words
from engine.export.python_names import identifiers
from engine.export.torch_formulas import TorchFormulas, python_name
from engine.graph.formulas import Formulas
from engine.graph.functions import functions
from engine.graph.losses import BCE, CROSS_ENTROPY, HALF_MSE, HALF_SSE, MSE, SSE
from engine.graph.network import Network, Parameter
from engine.graph.numeric import ZERO, np
from engine.graph.parts import names_in
from engine.graph.quantity import Source
from engine.lesson.lesson import Lesson
from engine.text.printable import printable
from engine.trace.trace import Trace

WIDEST = 110  # of a line of several numbers
LOSSES: Mapping[str, str] = {  # those that go with one activation alone take Z, and have it in them
    MSE.name: "nn.functional.mse_loss({output}, {Y})",
    HALF_MSE.name: "nn.functional.mse_loss({output}, {Y}) / 2",
    SSE.name: 'nn.functional.mse_loss({output}, {Y}, reduction="sum")',
    HALF_SSE.name: 'nn.functional.mse_loss({output}, {Y}, reduction="sum") / 2',
    BCE.name: "nn.functional.binary_cross_entropy_with_logits({output}, {Y})",
    CROSS_ENTROPY.name: "nn.functional.cross_entropy({output}, {Y})",
}
NAMES_OF_SCRIPT = (  # of a graph: the templates', here, among the formulas and in `pytorch.py`
    "DATA", "PARAMETERS", "at_corner", "derive", "held", "hold", "loss_of", "math", "nn", "optimizer", "result_of",
    "rows", "torch", "train")
NETWORK = '''\
X, Y = DATA[:, :{inputs}], DATA[:, {inputs}:]
{definitions}

class Network(nn.Module):
    """Units are numbered through the layers, inputs first."""

    def __init__(self):
        super().__init__()
{layers}
    def forward(self, x):
{forward}

model = Network()

# Where each parameter is: w13 joins unit 1 to unit 3; a layer's weight has a row for each of its units.
PARAMETERS = {{
{places}}}
START = {{
{start}}}
with torch.no_grad():
    for name, (tensor, place) in PARAMETERS.items():
        tensor[place] = START[name]


def loss_of(rows):
    """The Loss of some rows: {words}."""
    return {loss}
'''
GRAPH = '''\
{definitions}
{renamed}# The parameters, with what they start with.
{start}
PARAMETERS = {{
{places}}}


def result_of({columns}):
    """The result of every row."""
{nodes}    return {result}


def loss_of(rows):
    """The Loss of some rows: {words}."""
    return {loss}
'''


class Model(NamedTuple):
    """`text` defines what is calculated: PARAMETERS, each name with a tensor and its place there, and `loss_of(rows)`.
    `names` are the parameters' there, by the lesson's. Of `tensors`, all that are trained, `weights` may decay; of
    their numbers `fixed` are put back after each update.
    """

    text: str
    names: Mapping[str, str]
    tensors: str
    weights: Sequence[str]
    others: Sequence[str]
    fixed: Sequence[str] = ()


def model_of(trace: Trace, epochs: int) -> Model:
    """A lesson's, for so many epochs."""
    lesson = trace.lesson
    return _graph_of(lesson, lesson.formulas) if lesson.formulas else _network_of(trace, lesson.network, epochs)


def data_of(lesson: Lesson) -> str:
    """The table as a tensor, where there is one."""
    columns = [*lesson.inputs, *lesson.targets]
    if not columns:
        return ""
    head = "".join(f"    # {line}\n" for line in _lines(map(printable, columns)))
    rows = "".join("    [" + "\n     ".join(_lines(map(repr, row))) + "],\n" for row in lesson.table)
    return f"\nDATA = torch.tensor([\n{head}{rows}])\n"


def _lines(pieces: Iterable[str]) -> Iterator[str]:
    """Pieces with commas between them, in each line as many as there is room for."""
    line = ""
    for piece in pieces:
        if len(line) + len(piece) > WIDEST:
            yield f"{line},"
            line = ""
        line += ", " * bool(line) + piece
    yield line


def _entries(pieces: Iterable[str]) -> str:
    """The same as entries of a dictionary."""
    return "".join(f"    {line}\n" for line in _lines(pieces)).removesuffix("\n") + ",\n"


def _network_of(trace: Trace, network: Network, epochs: int) -> Model:
    lesson, formulas = trace.lesson, TorchFormulas({})
    layers = range(1, network.last + 1)
    bias = {"unit": "model.layer{}.bias", "layer": "model.b{}", "none": ""}[network.bias]
    forward = _forward(lesson, network, formulas, _comes_to_a_corner(trace, network, epochs))
    text = NETWORK.format(
        inputs=network.sizes[0], definitions=formulas.definitions_in_full,
        layers="".join(_layer(network, layer) for layer in layers),
        forward=forward, places="".join(f'    "{name}": {_place(network, parameter)},\n'
                                        for name, parameter in network.parameters.items()),
        start=_entries(f'"{name}": {value!r}' for name, value in lesson.start.items()), words=lesson.loss.words,
        loss=LOSSES[lesson.loss.name].format(output="model(X[rows])", Y="Y[rows]"))
    return Model(text, {name: name for name in network.parameters}, "model.parameters()",
                 [f"model.layer{layer}.weight" for layer in layers], [bias.format(layer) for layer in layers if bias],
                 [parameter.name for parameter in lesson.fixed])


def _layer(network: Network, layer: int) -> str:
    """What a layer's Linear is, and its one bias if it has one."""
    bias = "" if network.bias == "unit" else ", bias=False"
    units = network.layers[layer]
    first, last = units[0].number, units[-1].number
    which = f"unit {last}" if len(units) == 1 else f"units {first} {'and' if len(units) == 2 else 'to'} {last}"
    text = f"        self.layer{layer} = nn.Linear({network.sizes[layer - 1]}, {len(units)}{bias})  # {which}\n"
    if network.bias == "layer":
        text += f"        self.b{layer} = nn.Parameter(torch.tensor(0.0))  # one bias for the whole layer\n"
    return text


def _forward(lesson: Lesson, network: Network, formulas: TorchFormulas, is_at_corner: bool) -> str:
    """The forward pass, a line for each layer. An output whose loss takes Z is left as that."""
    lines, before = [], "x"
    for layer, f in enumerate(network.activations, 1):
        Z = f"self.layer{layer}({before})" + f" + self.b{layer}" * (network.bias == "layer")
        is_last, before = layer == network.last, "a"
        if is_last and lesson.loss.output:
            lines.append(f"return {Z}  # the loss takes Z, and has the {f.name} in it")
        else:
            lines.append(("return " if is_last else "a = ") + formulas.apply(f, Z, is_at_corner))
    return "".join(f"        {line}\n" for line in lines)


def _place(network: Network, parameter: Parameter) -> str:
    """A parameter's tensor, and its place there."""
    if parameter.source is not None:
        return f"(model.layer{parameter.layer}.weight, ({parameter.target}, {parameter.source}))"
    if network.bias == "layer":
        return f"(model.b{parameter.layer}, ())"
    return f"(model.layer{parameter.layer}.bias, {parameter.target})"


def _comes_to_a_corner(trace: Trace, network: Network, epochs: int) -> bool:
    """Whether there is a Z that is 0, if only but for rounding, where its activation has a corner."""
    layers = [layer for layer, f in enumerate(network.activations, 1) if f.has_corner]
    return bool(layers) and any(bool((np.abs(trace.epoch(epoch).of_all_rows(Source.Z, layer)) <= ZERO).any())
                                for epoch in range(1, epochs + 1) for layer in layers)


def _graph_of(lesson: Lesson, graph: Formulas) -> Model:
    names = identifiers([*graph.columns, *graph.names, *(node.name for node in graph.nodes)],
                        [*NAMES_OF_SCRIPT, *map(python_name, functions())])
    formulas = TorchFormulas(names)
    nodes = [f"    {names[node.name]} = {formulas.write(node.root)}\n" for node in graph.nodes]
    definitions, trained = formulas.definitions_in_full, [names[parameter.name] for parameter in lesson.order]
    text = GRAPH.format(
        definitions=definitions + "\n" * bool(definitions), renamed=_other_names(names),
        start="".join(_parameter(names[name], lesson.start[name], names[name] in trained) for name in graph.names),
        places=_entries(f'"{name}": ({name}, ())' for name in trained),
        columns=", ".join(names[name] for name in graph.columns), nodes="".join(nodes), result=names[graph.result],
        words=loss_in_words(lesson), loss=_loss_of(graph))
    return Model(text, names, f"[{', '.join(trained)}]", trained, [])


def _other_names(names: Mapping[str, str]) -> str:
    """What is called otherwise than in the lesson."""
    lines = [f"# {other} is the lesson's {printable(name)}.\n" for name, other in names.items() if other != name]
    return "".join([*lines, "\n" * bool(lines)])


def _parameter(name: str, start: float, is_trained: bool) -> str:
    if is_trained:
        return f"{name} = torch.tensor({start!r}, requires_grad=True)\n"
    return f"{name} = torch.tensor({start!r})  # fixed: it is shown, not trained\n"


def _loss_of(graph: Formulas) -> str:
    """Of some rows; a result that is the same in every row counts in each."""
    if not graph.columns:
        return "result_of()"
    results, known = "result_of(*DATA[rows].T)", set(graph.columns)
    for node in graph.nodes:
        if known.intersection(names_in(node.root)):
            known.add(node.name)
    if graph.is_mean:
        return f"{results}.mean()"
    return f"{results}.sum()" if graph.result in known else f"{results} * len(DATA[rows])"
