"""What a planted bug is: a few characters of one file that become others, and who must notice."""

from __future__ import annotations

from typing import NamedTuple


class Bug(NamedTuple):
    """A bug to be planted.

    Attributes
    ----------
    name
        What it does, in words.
    file
        In which file, from the root of the checkout.
    before, after
        What stands there, exactly once, and what stands there instead.
    tests
        The tests that must fail, by their pytest names; the first that does is enough.
    examples
        How many examples of a property at most.
    endless
        Whether it makes a loop that never ends, so that a test without an answer has found it.
    """

    name: str
    file: str
    before: str
    after: str
    tests: tuple[str, ...]
    examples: int = 12
    endless: bool = False

    @property
    def compiled(self) -> bool:
        """Whether the tests are run with compiled kernels: where none of them is touched."""
        return not self.file.startswith("sim/")


def loops(stage: str) -> tuple[str, ...]:
    """The test that holds the kernel of a stage against a plain loop."""
    return (f"tests/sim/test_stages.py::test_a_kernel_decides_as_a_plain_loop_does[{stage}]",)


TWIN = ("tests/agents/test_twin.py::test_agents_decide_as_kernels_do",)
WHOLE = ("tests/agents/test_twin.py::test_the_digest_of_everything_at_once_is_pinned",)
