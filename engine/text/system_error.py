"""What the system refuses, in words."""

import os


def reason_of(error: OSError | ValueError) -> str:
    """Why a file can't be read or written; never nothing. ValueError: a NUL in its name."""
    if isinstance(error, OSError) and error.errno is not None:
        return error.strerror or os.strerror(error.errno)
    return str(error) or f"refused ({type(error).__name__})"
