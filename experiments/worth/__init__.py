"""What things are worth: levers, the economics of a campaign, credit for its conversions."""
