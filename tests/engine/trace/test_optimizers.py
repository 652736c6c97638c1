"""Optimizers against figures that others published, and against PyTorch where it is installed."""

import pytest

from engine.graph.optimizers import OPTIMIZERS
from engine.graph.quantity import Source
from engine.lesson.lesson import Lesson, parse
from engine.trace.history import History


def graph(nodes: list[str], parameters: dict[str, float], training: str, data: str = "") -> Lesson:
    return parse("\n".join([
        "format = 1", 'id = "optimizer"', 'title = "An optimizer"', data, "[graph]", f"nodes = {nodes}",
        "[parameters]", *(f"{name} = {value}" for name, value in parameters.items()),
        "[training]", training]), "optimizer.toml")


def test_momentum_as_published() -> None:
    """(x−4)² from 10 with lr 0.2 and β 0.9: University of Saïda, e-learning, "Momentum Gradient Descent, complete
    solution with step-by-step calculations". Its velocity has the learning rate in it: −lr times ours.
    """
    lesson = graph(["f = (a - 4)^2"], {"a": 10.0},
                   'learning_rate = 0.2\noptimizer = { name = "momentum", beta = 0.9 }')
    history = History(lesson)
    for epoch, velocity, after in ((1, -2.4, 7.6), (2, -3.6, 4.0), (3, -3.24, 0.76), (4, -1.62, -0.86)):
        arrays = history.epoch(epoch).batches[0].arrays
        assert -0.2 * arrays[Source.MOMENT][0].item() == pytest.approx(velocity, rel=1e-12)
        assert arrays[Source.UPDATED][0].item() == pytest.approx(after, abs=1e-12)


def test_adam_as_published() -> None:
    """θ² from 5 with lr 0.1: "Adam Optimizer Study Guide" for MATH 3850, University of Lethbridge
    (gbasran.github.io/ADAM-Machine-Learning-Deepdive), page 12; m, v, m̂ and v̂ to the digits given there.
    """
    lesson = graph(["f = a^2"], {"a": 5.0}, 'learning_rate = 0.1\noptimizer = "adam"')
    history = History(lesson)
    for epoch, gradient, moments, after in ((1, 10, [1, 0.1, 10, 100], 4.9),
                                            (2, 9.8, [1.88, 0.19594, 9.895, 98.02], 4.8001)):
        arrays = history.epoch(epoch).batches[0].arrays
        assert arrays[Source.GRADIENT][0].item() == pytest.approx(gradient, rel=1e-8)
        assert arrays[Source.MOMENT][0].ravel() == pytest.approx(moments, rel=5e-5)
        assert arrays[Source.UPDATED][0].item() == pytest.approx(after, abs=5e-5)


@pytest.mark.parametrize("decay", [0, 0.1])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_as_pytorch_has_them(name: str, decay: float) -> None:
    torch = pytest.importorskip("torch", reason="PyTorch is not installed: there is nothing to compare with")
    settings = OPTIMIZERS[name].settings
    rows, start = [[0.5, 1.0], [-1.2, 0.0], [2.0, 0.4]], {"a": 0.7, "b": -0.3}
    lesson = graph(["L = (y - tanh(a*x + b))^2"], start,
                   f'learning_rate = 0.05\nbatch = 2\noptimizer = "{name}"\nweight_decay = {decay}',
                   f'[data]\ninputs = ["x"]\ntargets = ["y"]\nrows = {rows}')
    a, b = (torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in start.values())
    optimizer = {
        "sgd": lambda given: torch.optim.SGD(given, 0.05, weight_decay=decay),
        "momentum": lambda given: torch.optim.SGD(given, 0.05, settings["beta"], weight_decay=decay),
        "nesterov": lambda given: torch.optim.SGD(given, 0.05, settings["beta"], weight_decay=decay, nesterov=True),
        "rmsprop": lambda given: torch.optim.RMSprop(given, 0.05, settings["alpha"], settings["epsilon"], decay),
        "adam": lambda given: torch.optim.Adam(given, 0.05, weight_decay=decay),
        "adamw": lambda given: torch.optim.AdamW(given, 0.05, weight_decay=decay)}[name]([a, b])
    history = History(lesson)
    for epoch in range(1, 11):
        for numbers in history.epoch(epoch).batches:
            x, y = torch.tensor(rows[numbers.rows.start:numbers.rows.stop], dtype=torch.float64).T
            optimizer.zero_grad()
            ((y - torch.tanh(a * x + b)) ** 2).mean().backward()
            optimizer.step()
            assert numbers.arrays[Source.UPDATED][0].ravel() == pytest.approx([a.item(), b.item()], rel=1e-11)
