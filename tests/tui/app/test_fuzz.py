"""Anything done to the real app; `python tests/benchmarks/endurance.py fuzz [SEED]` goes on for longer."""

import fuzz
import pytest


@pytest.mark.parametrize("seed", range(2))
def test_it_lives_through_anything(seed: int) -> None:
    assert fuzz.run(seed, 80) == ""


def test_after_thousands_of_keys_the_screen_is_that_of_a_fresh_start() -> None:
    """`python tests/benchmarks/endurance.py keys` sends a million."""
    assert fuzz.flood(0, 2000, 20) == ""
