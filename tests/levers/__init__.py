"""Every lever by itself: off it is not there, on it does what its source says."""
