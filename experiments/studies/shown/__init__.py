"""How a study is shown: figures, tables, a report."""
