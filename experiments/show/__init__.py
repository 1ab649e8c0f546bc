"""How anything is shown: a document in a terminal, in a notebook, on a page."""
