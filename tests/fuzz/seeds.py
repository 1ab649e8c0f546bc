"""What is let slip: one small whole thing of each kind."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from wordofmouth.scenarios import loader
from wordofmouth.sim.network import Network

TEXTS = (
    b"1 2\n2 3\n", b"source,target,weight\nann,bea,1\nbea,cid,.5\n", b"% asym positive\n1 2 1 9\n",
    b"# Directed graph\n1\t2\n", b"Source,Target,Type\n1,2,Directed\n2,3,Undirected\n",
    b'"Doe, J";ann\n', b"4 3\n0 1\n1 2\n2 3\n", b"1 2 {'weight': 1.0}\n", b"1 2\n2 {}\n3 {}\n2 0\n",
    b"from,to,when\na,b,2020-01-01\nb,c,2020-01-02\n", b"# GMT x\n#\n1 2 3\n2 3\n3\n",
    b"%%MatrixMarket matrix coordinate real general\n2 2 1\n1 2 .5\n",
    b"%%MatrixMarket matrix array real symmetric\n2 2\n0\n1\n0\n",
    b'*Vertices 2\n1 "a"\n2 "b"\n*Arcs\n1 2 1\n*Edges\n1 2\n',
    b'graph [ directed 1 node [ id 0 label "a" ] node [ id 1 ] edge [ source 0 target 1 ] ]\n',
)  # fmt: skip
JSONS = (
    b"[[1, 2], [2, 3]]", b'[{"source": 1, "target": 2, "weight": 3}]',
    b'{"nodes": [{"id": 1}, {"id": 2}], "links": [{"source": 1, "target": 2}]}',
    b'{"directed": true, "nodes": [{"id": 1}, {"id": 2}], "adjacency": [[{"id": 2}], []]}',
    (b'{"elements": {"nodes": [{"data": {"id": "a"}}, {"data": {"id": "b"}}], "edges": '
    b'[{"data": {"source": "a", "target": "b"}}]}}'),
    b'{"source": 1, "target": 2}\n{"source": 2, "target": 3}\n',
    b'{"source": [1, 2], "target": [2, 3]}', b'{"columns": ["source", "target"], "data": [[1, 2]]}',
)  # fmt: skip
XMLS = (
    b"<graphml><graph edgedefault='directed'><edge source='a' target='b'/></graph></graphml>",
    (b"<?xml version='1.0' encoding='utf-8'?><graphml xmlns='http://graphml.graphdrawing.org/xmlns'>"
    b"<key id='w' for='edge' attr.name='weight' attr.type='double'/>"
    b"<graph edgedefault='undirected'>"
    b"<node id='a'/><node id='b'/><edge source='a' target='b'><data key='w'>1.5</data></edge>"
    b"</graph></graphml>"),
    (b"<gexf version='1.2'><graph defaultedgetype='directed'><nodes><node id='0' label='a'/>"
    b"<node id='1' label='b'/></nodes><edges>"
    b"<edge id='0' source='0' target='1' weight='2'/></edges>"
    b"</graph></gexf>"),
)  # fmt: skip
STUDIES = (
    (b'scenario = "cascade"\nreplicates = 2\nseed = 3\noutcomes = ["reach"]\n[set]\n'
    b'network.people = 50\n[axes]\n"share.base.*" = [0.02, 0.1]\nhorizon = [3, 4]\n'),
    (b'name = "a"\nquestion = "b"\nscenario = "cascade"\n[axes]\n"share.base.fan" = {from = 0.0, '
    b'to = 1.0, steps = 3}\n[axes.prize]\nlink = {horizon = [1, 2], "network.people" = [50, 60]}\n'
    b'label = ["x", "y"]\n[design]\nsampler = "latin_hypercube"\npoints = 4\n'),
    (b'scenario = "cascade"\nkeep = ["series"]\n[[designs]]\nname = "a"\n[designs.axes]\n'
    b'horizon = [3, 4]\n[[designs]]\n[designs.axes]\n"share.base.fan" = {mean = 0.1, '
    b'deviation = 0.01}'
    b'\n[designs.design]\nsampler = "sobol"\npoints = 2\nseed = 1\n'),
)  # fmt: skip
MEASURED = (
    b"date,impressions,clicks,spend_meta,posts\n" + b"".join(
        b"2026-03-%02d,%d,%d,5.5,1\n" % (day, 900 + day % 3, 10 + day % 4) for day in range(1, 9)
    ),
    b"Datum;Impressionen;Klicks (alle);Umsatz;Follower\n" + b"".join(
        b"%d.3.2026;1.%03d;%d;12,5%d;%d\n" % (day, 90 + day % 3, 10 + day % 4, day % 7, 1200 + day)
        for day in range(1, 9)
    ),
    b"# x\nDate,channel,Clicks,Cost\n" + b"".join(
        b"3/%d/2026,%s,%d,2.25\n" % (day, name, day % 5)
        for day in range(1, 7) for name in (b"a", b"b")
    ),
    b"Week,Orders\n" + b"".join(b"2026-W%02d,%d\n" % (week, week % 4) for week in range(1, 8)),
    b"1\n1\n3\n2\n1\n7\n", b"9 1 5,2 6,\n9 3 5,\n1 4 5,2 9\n7 1 2\n7 2 2,3 3\n",
    b"tree,child,parent\n" + b"".join(b"%d,a,\n%d,b,a\n" % (k, k) for k in range(5)),
    b"name,value\nctr,.9%\nfollowers,1200\n",
)  # fmt: skip
REQUESTS = (
    b'{"scenario": "open_house", "seed": 7, "people": 60, "set": {"share.base.fan": 0.1}}',
    b'{"scenario": "open_house", "seed": 7, "people": 60, "person": 3, "tick": 4}',
    b'{"scenario": "open_house", "seed": 7, "set": {}, "set_b": {"horizon": 5}, "replicates": 2}',
)  # fmt: skip


@cache
def scenarios() -> tuple[bytes, ...]:
    """The shipped scenarios, and one with a bit of everything."""
    shipped = tuple(
        (loader.HERE / f"{name}.toml").read_bytes()
        for name in ("open_house", "cascade", "service_crisis", "long_tail", "meme_contest")
    )
    everything = (
        b'name = "x"\nhorizon = 5\nattention = "unlimited"\ncontent = ["post", {type = "post", '
        b'tick = 2, channel = "feed"}]\n[network]\nkind = "barabasi_albert"\npeople = 50\nm = 3\n'
        b"[channels.feed]\nmembership = 0.5\n[share]\ndelay = 1.5\n[negative]\nspeed = 2.0\n"
        b'[[timeline]]\ntick = 2\nunset = ["incentives.budget"]\n[timeline.set]\n'
        b'"share.base.fan" = 0.2\n[[publish.outlets]]\naudience = 0.1\nfee = 3.0\n'
    )
    return (*shipped, everything)


@cache
def saved_networks() -> tuple[bytes, ...]:
    """Networks as `Network.save` writes them."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "n.npz"
        found = []
        for text in (TEXTS[0], TEXTS[1]):
            (Path(folder) / "t").write_bytes(text)
            Network.from_file(Path(folder) / "t").save(path)
            found.append(path.read_bytes())
    return tuple(found)


@cache
def packed() -> tuple[bytes, ...]:
    """A text in each kind of packing."""
    zipped, tarred, text = io.BytesIO(), io.BytesIO(), TEXTS[1]
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("ties.csv"), text)
    with tarfile.open(fileobj=tarred, mode="w") as tar:
        entry = tarfile.TarInfo("ties.csv")
        entry.size = len(text)
        tar.addfile(entry, io.BytesIO(text))
    loose = (gzip.compress(text, mtime=0), bz2.compress(text), lzma.compress(text))
    return (*loose, zipped.getvalue(), tarred.getvalue(), gzip.compress(tarred.getvalue(), mtime=0))


@cache
def tables() -> tuple[bytes, ...]:
    """A table of ties as Parquet, and as a workbook where that can be written."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    file = io.BytesIO()
    pq.write_table(
        pa.table({"source": ["a", "b"], "target": ["b", "c"], "weight": [1.0, 2.0]}), file
    )
    found = [file.getvalue()]
    try:
        from openpyxl import Workbook
    except ImportError:
        return tuple(found)
    book, file = Workbook(), io.BytesIO()
    sheet: object = book.active
    for row in (["source", "target"], ["a", "b"], ["b", "c"]):
        sheet.append(row)  # type: ignore[attr-defined]
    book.save(file)
    return (*found, file.getvalue())
