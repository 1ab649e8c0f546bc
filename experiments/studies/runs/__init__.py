"""The runs of a study: made in parallel, kept in a ledger, none of them lost."""
