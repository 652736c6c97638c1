"""Anything done to the real app; `python tests/benchmarks/endurance.py fuzz [SEED]` goes on for longer."""

import fuzz
import pytest


@pytest.mark.parametrize("seed", range(4))
def test_it_lives_through_anything(seed: int) -> None:
    assert fuzz.run(seed, 80) == ""
