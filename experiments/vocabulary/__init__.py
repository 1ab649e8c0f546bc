"""The words: indicators, outcomes, headlines."""
