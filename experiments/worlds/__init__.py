"""The same worlds for several scenarios, until an answer is known."""
