"""Floor 4: plays Amazon, so that the real skill can be talked to with no account."""
