"""To whom the conversions of a campaign are owed."""
