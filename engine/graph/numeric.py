"""NumPy, loaded when it is first used, and what counts as 0.

It takes a third of the time that handgrad takes to start, and the first screen of a lesson needs none of it.

A number up to ZERO is 0 but for rounding, as 0.1 + 0.2 − 0.3 is. By hand it is 0, so it is 0 everywhere: a Z is shown
as 0, ReLU has its corner there, and two numbers no further apart than that are one.
"""

from typing import TYPE_CHECKING

from engine.late import LateModule

__all__ = ["ZERO", "Array", "load", "np"]

ZERO = 1e-12

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
else:
    Array = "Array"
    np = LateModule("numpy")


def load() -> None:
    """Load it now, so that nobody waits for it later."""
    np.__version__  # noqa: B018  (asking for any name loads it)
