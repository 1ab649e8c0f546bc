"""Reports: what a command left in a folder as one page to read, with nothing from elsewhere."""
