"""What to do with a budget: the plan that a search finds, judged in worlds it has not seen."""
