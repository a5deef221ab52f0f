"""Floor 1, the look again after three days: when it is due, what is kept of it, and where. Pure: no clock, no words."""
