"""What a change makes different, for every indicator and person by person."""
