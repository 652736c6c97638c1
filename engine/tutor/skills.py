"""Which skills a lesson takes, by what it is made of."""

from collections.abc import Iterator

from engine.graph.formulas import Formulas
from engine.graph.network import Network
from engine.learner.knowledge import skill_name
from engine.lesson.lesson import Lesson
from engine.tutor.slopes import family_of_slope


def skills_of(lesson: Lesson) -> Iterator[str]:
    """By their names, some of them more than once; whatever the form of its backward pass is."""
    yield from _of_network(lesson.model) if isinstance(lesson.model, Network) else \
        _of_formulas(lesson, lesson.model)
    yield from ("delta", "product", "gradient")
    if lesson.trains:
        yield "update"
    if lesson.trains and (lesson.optimizer.moments or (lesson.weight_decay and not lesson.optimizer.decouples)):
        yield "moment"


def _of_network(network: Network) -> Iterator[str]:
    yield from ("net_input", "row_loss", "loss", "loss_slope", "input")
    for f in network.activations:
        yield from (skill_name("activation", f.name), skill_name("slope", f.name))
        yield from ["cross_slope"] * f.takes_layer
    yield from ["weight"] * (network.last > 1)
    yield from ["bias"] * (network.bias != "none")


def _of_formulas(lesson: Lesson, formulas: Formulas) -> Iterator[str]:
    yield "value"
    if lesson.rows > 1:
        yield from ["loss", *["mean"] * formulas.is_mean]
    for index, name in formulas.partials:
        yield skill_name("partial", family_of_slope(formulas.nodes[index].root, name))
