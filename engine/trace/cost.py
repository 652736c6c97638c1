"""What each form of the backward pass costs: why backpropagation exists."""

import math

from engine.graph.activations import LINEAR
from engine.graph.network import Network

A_MILLION_WEIGHTS = Network((500,) * 5, (LINEAR,) * 4)


def by_paths(network: Network) -> int:
    """Multiplications in one row when every path of every parameter is written out: one less than its factors; a bias's
    last factor is 1, which costs none. Where each output has every Z of its layer in it, there are so many times the
    paths.
    """
    total = 0
    for layer in range(1, network.last + 1):
        weights, units = network.sizes[layer - 1] * network.sizes[layer], network.sizes[layer]
        biases = 0 if network.bias == "none" else units
        links = 2 * (network.last - layer + 1)
        total += network.path_count(layer) * (weights * links + biases * (links - 1))
    return total * (network.sizes[-1] if network.activations[-1].takes_layer else 1)


def by_delta(network: Network) -> int:
    """Multiplications in one row with δ: for an output's one, for a hidden unit's one for each unit after it and one
    for the slope; then one for each weight.
    """
    hidden = sum(size * (after + 1) for size, after in zip(network.sizes[1:], network.sizes[2:], strict=False))
    weights = sum(before * size for before, size in zip(network.sizes, network.sizes[1:], strict=False))
    return network.sizes[-1] + hidden + weights


def in_words(network: Network) -> str:
    """Both, for this network and for one of a million weights."""
    large = by_paths(A_MILLION_WEIGHTS)
    return (f"{by_paths(network)} multiplications a row by paths, {by_delta(network)} by δ; with a million weights "
            f"10^{math.log10(large):.0f} by paths, {by_delta(A_MILLION_WEIGHTS) / 1e6:.0f} million by δ")
