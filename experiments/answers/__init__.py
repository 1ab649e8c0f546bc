"""Answers: what was found out, as data that can be shown: find, answer, shown in each folder."""
