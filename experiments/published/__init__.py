"""Published results, made again: each paper's numbers beside those of this simulator."""
