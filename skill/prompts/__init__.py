"""Floor 1, the words: one folder per locale holds all that is said and all that is understood."""
