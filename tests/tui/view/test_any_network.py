"""Lessons of every shape on the screen: nothing stands on anything else, nothing is drawn outside.

`python tests/benchmarks/endurance.py` walks further.
"""

import pytest
from walks import walk


@pytest.mark.parametrize("seed", range(14))
def test_a_random_walk_through_a_random_lesson(seed: int) -> None:
    assert walk(seed, 40) == []
