"""What is wanted of a choice: how many people, for what money, and who is taken of equals."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ..jit import jit

# Without a budget nobody costs anything, and this is never spent.
UNLIMITED: Final = 2**62


class Wanted:
    """How many people are wanted, and what they may cost.

    Attributes
    ----------
    count
        How many at most.
    costs
        Millionths of money for each person: int64[n].
    budget
        Millionths of money for all of them; who is too dear for what is left is passed over.
    luck
        A number in [0, 1) for each person. Of people who are equally good the one with more
        followers is taken, then the one with less luck, never the one with the lower row: so
        that another labelling of the same people gives the same people.
    """

    def __init__(
        self,
        count: int,
        followers: NDArray[np.int64],
        luck: NDArray[np.float64],
        costs: NDArray[np.int64] | None = None,
        budget: int | None = None,
    ) -> None:
        n = followers.size
        self.count = min(count, n)
        self.followers = followers
        self.luck = luck
        self.free = budget is None
        self.costs = np.zeros(n, np.int64) if costs is None or budget is None else costs
        self.budget = UNLIMITED if budget is None else budget

    @cached_property
    def order(self) -> NDArray[np.int32]:
        """Everybody, in the order in which equals are taken."""
        return np.lexsort((self.luck, -self.followers)).astype(np.int32)

    def ranked(self, score: NDArray[Any]) -> NDArray[np.int32]:
        """The people wanted, of the highest score first."""
        return self.afforded(np.lexsort((self.luck, -self.followers, -score)))

    def afforded(self, order: NDArray[Any]) -> NDArray[np.int32]:
        """The first in this order whom the budget pays for."""
        if not self.free:
            order = order[affordable(self.costs[order], self.budget)]
        return order[: self.count].astype(np.int32)


@jit
def affordable(costs: NDArray[np.int64], budget: int) -> NDArray[np.bool_]:
    """Whom a budget pays for, in this order; who is too dear for what is left is passed over."""
    paid = np.zeros(costs.size, np.bool_)
    for k in range(costs.size):
        if costs[k] <= budget:
            budget -= costs[k]
            paid[k] = True
    return paid
