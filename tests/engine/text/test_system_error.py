"""There is always a reason."""

import pytest

from engine.text.system_error import reason_of


@pytest.mark.parametrize(("error", "reason"), [
    (OSError(28, "No space left on device", "/a"), "No space left on device"), (OSError(5, None), "Input/output error"),
    (OSError("odd"), "odd"), (OSError(), "refused (OSError)"), (ValueError("a NUL"), "a NUL")])
def test_why_the_system_refuses(error: OSError | ValueError, reason: str) -> None:
    assert reason_of(error) == reason
