"""Campaigns as experiments: the command line, and what is kept, drawn and told of a result."""
