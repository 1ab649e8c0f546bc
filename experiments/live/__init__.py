"""The live page: a campaign in a browser while it is simulated, from a server on this machine."""
