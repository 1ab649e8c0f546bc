"""The border: whatever a library raises at what comes from outside, as a documented error.

Files, texts, archives and databases are read by other people's code, and what that may raise is
nowhere listed: a decompressor knows dozens of ways to fail, and the next version one more. So
nobody lists it. Each door of the package stands in a `border`, and what is raised behind it and is
no error of ours becomes one there, with the cause kept. A reader behind a door may stand in one of
its own, which knows better words; it may also forget to.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from .errors import CampaignError, InputError, LimitError, StorageError

_LONGEST: Final = 60


@contextmanager
def border(
    what: str,
    error: type[CampaignError] = InputError,
    *,
    fault: str = "this cannot be read",
    remedy: str = "mend it or give another",
) -> Iterator[None]:
    """Let nothing out but errors of ours.

    Parameters
    ----------
    what
        What is read, as a sentence begins with it: the path of a file, the name of an option.
    error
        What is raised where nothing better is known: InputError for what somebody wrote,
        StorageError for what was saved.
    fault, remedy
        The rest of the sentence; between them stands what the library says.

    Raises
    ------
    LimitError
        Where there was no memory.
    StorageError
        Where the system refuses to read or write.
    CampaignError
        `error` for all else. What is one of ours already goes through as it is.

    Examples
    --------
    >>> try:
    ...     with border("mine.bin", fault="this is no number", remedy="give one"):
    ...         int("x")
    ... except InputError as problem:
    ...     print(problem)
    mine.bin: this is no number (invalid literal for int() with base 10: 'x'); give one.
    """
    try:
        yield
    except CampaignError:
        raise
    except MemoryError as problem:
        raise _without_memory(what) from problem
    except Exception as problem:
        raise _ours(problem, what, error, fault, remedy) from problem


def brief(text: str) -> str:
    """So much of a text that a sentence has room for it, in one line."""
    text = " ".join(text.splitlines())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."


def _ours(
    problem: Exception, what: str, error: type[CampaignError], fault: str, remedy: str
) -> CampaignError:
    if isinstance(problem, UnicodeEncodeError):
        sign = problem.object[problem.start]
        return error(
            f"{what}: {brief(ascii(problem.object))} has {sign!a} in it, which is half a sign and "
            "no text; mend it."
        )
    if isinstance(problem, OSError) and problem.strerror:
        return StorageError(
            f"{what}: the system refuses this ({problem.strerror.lower()}); check the name, and "
            "who may read it."
        )
    return error(f"{what}: {fault} ({_reason(problem)}); {remedy}.")


def _reason(problem: Exception) -> str:
    """What a library says, as far as it is meant for people."""
    if isinstance(problem, RecursionError):
        return "it is nested far deeper than anything of its kind"
    said = " ".join(str(problem).split()).rstrip(".")
    if "set_int_max_str_digits" in said:
        return "a number of thousands of digits"
    return brief(said) or type(problem).__name__


def _without_memory(what: str) -> LimitError:
    from .budget import memory, size

    return LimitError(
        f"{what}: reading it takes more memory than is free ({size(memory())}); give less of it, "
        "or more memory."
    )
