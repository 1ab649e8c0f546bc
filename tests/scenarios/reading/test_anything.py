"""Whatever is in a file: a network, or one sentence that says why not."""

from __future__ import annotations

import random

import pytest
from wordofmouth.sim.errors import InputError
from wordofmouth.sim.network import Network

SEEDS = (
    b"1 2\n2 3\n", b"source,target,weight\nann,bea,1\nbea,cid,.5\n", b"% asym positive\n1 2 1 9\n",
    b"# Directed graph\n1\t2\n", b"Source,Target,Type\n1,2,Directed\n2,3,Undirected\n",
    b'"Doe, J";ann\n', b"4 3\n0 1\n1 2\n2 3\n", b"1 2 {'weight': 1.0}\n", b"[[1, 2], [2, 3]]",
    b'{"nodes": [{"id": 1}, {"id": 2}], "links": [{"source": 1, "target": 2}]}',
    b'*Vertices 2\n1 "a"\n2 "b"\n*Arcs\n1 2 1\n', b"1 2\n2 {}\n3 {}\n2 0\n3 0\n",
    b"%%MatrixMarket matrix coordinate real general\n2 2 1\n1 2 .5\n",
    b"graph [ node [ id 0 ] node [ id 1 ] edge [ source 0 target 1 ] ]\n",
    b"<graphml><graph edgedefault='directed'><edge source='a' target='b'/></graph></graphml>",
)  # fmt: skip
SIGNS = (
    b"\n", b",", b"\t", b" ", b'"', b"'", b"#", b"%", b"\r", b"0", b"-1", b"1e999", b"nan", b"\xff",
    b"\0", b"{}", b"[", b"<", b";", b"99999999999999999999", b"source,target\n", b"sep=;\n", b"*",
)  # fmt: skip
HOW = (
    {}, {}, {"directed": True}, {"weight": "count"}, {"source": 1, "target": 2}, {"time": 3},
    {"repeated": "sum"}, {"weight": "ignore"}, {"source": "a", "target": "b"},
)  # fmt: skip


def mangled(rng: random.Random) -> bytes:
    """One of the seeds after a few slips."""
    data = bytearray(rng.choice(SEEDS))
    for _ in range(rng.randint(1, 4)):
        at, slip = rng.randint(0, len(data)), rng.random()
        if slip < 0.5:
            data[at:at] = rng.choice(SIGNS)
        elif slip < 0.8:
            del data[at : at + rng.randint(1, 6)]
        else:
            other = rng.choice(SEEDS)
            data[at:at] = other[rng.randint(0, len(other)) :][: rng.randint(1, 30)]
    return bytes(data)


@pytest.mark.parametrize("luck", range(4))
def test_a_network_or_a_sentence(tmp_path, luck):
    rng, path = random.Random(luck), tmp_path / "data"
    for _ in range(400):
        path.write_bytes(mangled(rng))
        said = ""
        try:
            network = Network.from_file(path, **rng.choice(HOW))
        except InputError as problem:
            said = str(problem)
        assert said.startswith(str(path)) or (not said and network.n > 0 and network.understood)
        assert "\n" not in said
