"""The reading room: what other tools write, read as they meant it, or refused by its name.

What a file is, is decided from its content, never from its name. Each format has one reader, and
each reader is somebody else's:

| what | read by |
|---|---|
| delimited text: ties a line, with or without a line of names | pyarrow's CSV reader |
| GraphML, GEXF, GML, Pajek, node-link JSON, adjacency lists, networkx' own edge lists | networkx |
| Matrix Market | scipy |
| Excel workbooks and NodeXL | openpyxl, if it is installed |
| Parquet, DataFrames | pyarrow |
| gz, bz2, xz, zip, tar around any of these, and `-` for standard input | the standard library |
| what `Network.save` wrote | numpy |

All end as `ties.Ties`, of which `assemble` makes a network: there alone it is decided who hears
whom, what a weight is and what becomes of ties that are given again. What was understood goes with
the network as `Network.understood`.
"""
