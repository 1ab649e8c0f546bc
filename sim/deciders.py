"""Who decides beside the kernels: nobody, or agents in Python.

The page (`sim.engine.page`) hands each decision of the kernels to its deciders, and goes on with
what they give back. The base class gives back what it got. Compiled, the page is always given that
one, and its calls cost nothing: numba merges them into the page.
"""

from __future__ import annotations

from functools import wraps
from types import FunctionType
from typing import Any, Final

from numba.core import types
from numba.extending import models, overload_method, register_model, typeof_impl

from .agenda import Due
from .exposures import Exposures
from .jit import OPTIONS
from .stages.notice import Noticed
from .state import State
from .wave import Wave

# ruff: noqa: ARG002 (whoever overrides a method decides by what this one leaves alone)


class Deciders:
    """Given what the kernels decided, they may put in what they decide; here nobody does.

    Agents who decide in Python, or somebody who looks on, override what concerns them.
    """

    def notice(self, wave: Wave, exposures: Exposures, noticed: Noticed, message: int) -> Noticed:
        """Who noticed."""
        return noticed

    def click(self, wave: Wave, noticed: Noticed, clicked: Any, message: int) -> Any:
        """What each clicks on."""
        return clicked

    def find(self, wave: Wave, noticed: Noticed, clicked: Any, found: Any, message: int) -> Any:
        """Whether each finds the brand."""
        return found

    def convert(
        self, wave: Wave, noticed: Noticed, clicked: Any, converted: Any, found: Any, message: int
    ) -> Any:
        """Whether each converts."""
        return converted

    def share(
        self,
        wave: Wave,
        noticed: Noticed,
        shared: Any,
        clicked: Any,
        converted: Any,
        message: int,
    ) -> Any:
        """What each passes on."""
        return shared

    def react(self, noticed: Noticed, reacted: Any, message: int) -> Any:
        """Whether each likes it, comments on it."""
        return reacted

    def follow(
        self,
        wave: Wave,
        noticed: Noticed,
        shared: Any,
        clicked: Any,
        found: Any,
        follows: Any,
        message: int,
    ) -> Any:
        """Whether each follows the brand."""
        return follows

    def unfollow(self, noticed: Noticed, leaves: Any, message: int) -> Any:
        """Whether each leaves."""
        return leaves

    def wrote(self, state: State) -> State:
        """What everybody did about a message is written: the state as it stands now."""
        return state

    def serve(self, due: Due, wave: Wave, served: Any) -> Any:
        """Whom the brand answers."""
        return served


KERNELS: Final = Deciders()


class _PassThrough(types.Dummy):
    """What compiled code knows of `KERNELS`: no value, and methods that are merged into it."""


register_model(_PassThrough)(models.OpaqueModel)
# Those who derive from it are unknown to compiled code: they are asked in Python.
typeof_impl.register(Deciders)(
    lambda deciders, _: _PassThrough("Deciders") if type(deciders) is Deciders else None
)
for _name, _method in vars(Deciders).items():
    if isinstance(_method, FunctionType):
        overload_method(_PassThrough, _name, jit_options=OPTIONS, inline="always")(
            wraps(_method)(lambda *_types, _text=_method: _text)
        )
