"""Other simulators of the independent cascade, each behind the same two calls.

`spread()` runs one cascade and is what is timed; `sharers()` says afterwards who shared. Making
the model is not timed. They are only called: nothing of theirs is kept here.
"""

from __future__ import annotations

import array
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

People = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Task:
    """One workload: the network, the chance (one, or one per arc), who begins, the seed."""

    network: Any
    probability: float | npt.NDArray[np.float64]
    seeds: Sequence[int]
    seed: int = 1

    def arcs(self) -> tuple[People, npt.NDArray[np.int32]]:
        """Source and target of every arc."""
        degrees = np.diff(self.network.indptr)
        return np.repeat(np.arange(self.network.n), degrees), self.network.indices

    def as_networkx(self) -> Any:
        """The network as an undirected networkx graph."""
        import networkx as nx

        source, target = self.arcs()
        graph = nx.Graph()
        graph.add_nodes_from(range(self.network.n))
        once = source < target
        graph.add_edges_from(zip(source[once].tolist(), target[once].tolist(), strict=True))
        return graph


class Model(Protocol):
    def spread(self) -> None: ...
    def sharers(self) -> People | int:
        """Who shared, or how many where the simulator does not say who."""
        ...


class Cynetdiff:
    def __init__(self, task: Task) -> None:
        from cynetdiff.models import IndependentCascadeModel

        begin = array.array("I", task.network.indptr[:-1].astype(np.uint32).tobytes())
        target = array.array("I", task.network.indices.astype(np.uint32).tobytes())
        if np.ndim(task.probability):
            by_arc = array.array("f", np.asarray(task.probability, np.float32).tobytes())
            self.model = IndependentCascadeModel(begin, target, activation_probs=by_arc)
        else:
            chance = float(task.probability)
            self.model = IndependentCascadeModel(begin, target, activation_prob=chance)
        self.model.set_rng(task.seed)
        self.model.set_seeds(list(task.seeds))

    def spread(self) -> None:
        self.model.reset_model()
        self.model.advance_until_completion()

    def sharers(self) -> People:
        return np.fromiter(self.model.get_activated_nodes(), np.int64)


class GraphTool:
    """An epidemic in which everybody recovers after one step is the independent cascade."""

    def __init__(self, task: Task) -> None:
        import graph_tool
        from graph_tool.dynamics import SIRState

        graph_tool.seed_rng(task.seed)
        self.graph = graph_tool.Graph(directed=True)
        self.graph.add_vertex(task.network.n)
        self.graph.add_edge_list(np.column_stack(task.arcs()))
        self.task, self.epidemic = task, SIRState

    def spread(self) -> None:
        state = self.graph.new_vertex_property("int32_t", val=0)
        state.a[list(self.task.seeds)] = 1
        self.state = self.epidemic(self.graph, beta=self.task.probability, gamma=1.0, s=state)
        while (self.state.get_state().a == 1).any():
            self.state.iterate_sync()

    def sharers(self) -> People:
        return np.flatnonzero(self.state.get_state().a)


class EoN:
    def __init__(self, task: Task) -> None:
        from EoN import basic_discrete_SIR

        self.graph, self.task, self.discrete = task.as_networkx(), task, basic_discrete_SIR
        self.rng = np.random.default_rng(task.seed)

    def spread(self) -> None:
        # Keeping who it was, as full data does, would cost it draws and a third of its speed.
        seeds = list(self.task.seeds)
        self.curves = self.discrete(
            self.graph, self.task.probability, initial_infecteds=seeds, rng=self.rng
        )

    def sharers(self) -> int:
        return int(self.curves[3][-1])


class NDlib:
    def __init__(self, task: Task) -> None:
        from ndlib.models import ModelConfig
        from ndlib.models.epidemics import IndependentCascadesModel

        graph = task.as_networkx()
        setup = ModelConfig.Configuration()
        setup.add_model_initial_configuration("Infected", list(task.seeds))
        for edge in graph.edges():
            setup.add_edge_configuration("threshold", edge, task.probability)
        np.random.seed(task.seed)  # noqa: NPY002  its only generator
        self.model, self.seeds = IndependentCascadesModel(graph), list(task.seeds)
        self.model.set_initial_status(setup)

    def spread(self) -> None:
        self.model.reset(infected_nodes=self.seeds)
        self.model.iteration(node_status=False)
        while self.model.iteration(node_status=False)["node_count"][1]:
            pass

    def sharers(self) -> People:
        return np.array([person for person, status in self.model.status.items() if status != 0])


class PlainMesa:
    """One object a person, asked in every tick, as a first model in Mesa is written."""

    def __init__(self, task: Task) -> None:
        import mesa

        luck = random.Random(task.seed)
        chance = task.probability

        class Person(mesa.Agent):  # type: ignore[misc]
            followers: list[Person]
            state = "unaware"

            def step(self) -> None:
                if self.state != "sharing":
                    return
                for follower in self.followers:
                    if follower.state == "unaware" and luck.random() < chance:
                        follower.state = "convinced"
                self.state = "done"

            def advance(self) -> None:
                if self.state == "convinced":
                    self.state = "sharing"

        self.model = mesa.Model(rng=task.seed)
        self.people = [Person(self.model) for _ in range(task.network.n)]
        self.seeds = task.seeds
        begin, target = task.network.indptr.tolist(), task.network.indices.tolist()
        for row, person in enumerate(self.people):
            person.followers = [self.people[at] for at in target[begin[row] : begin[row + 1]]]

    def spread(self) -> None:
        for person in self.people:
            person.state = "unaware"
        for row in self.seeds:
            self.people[row].state = "sharing"
        while any(person.state == "sharing" for person in self.people):
            self.model.agents.do("step")
            self.model.agents.do("advance")

    def sharers(self) -> People:
        return np.array([row for row, each in enumerate(self.people) if each.state == "done"])


@dataclass(frozen=True)
class Peer:
    """A simulator, whether it knows a chance per arc, and whether a million people are too many."""

    name: str
    make: Callable[[Task], Model]
    by_arc: bool = False
    large: bool = False


PEERS = (
    Peer("cynetdiff", Cynetdiff, by_arc=True, large=True),
    Peer("graph-tool", GraphTool, large=True),
    Peer("EoN", EoN),
    Peer("NDlib", NDlib),
    Peer("plain Mesa", PlainMesa),
)
