"""The report for a client: a decision first, over many worlds."""
