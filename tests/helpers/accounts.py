"""Other accounts of this machine, real ones, as only root can be them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as somebody else")


@contextmanager
def acting_as(user: int, group: int, *more_groups: int) -> Iterator[None]:
    """This process as another account, with no more rights than that has."""
    groups = os.getgroups()
    os.setgroups(more_groups)
    os.setegid(group)
    os.seteuid(user)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)
        os.setgroups(groups)
