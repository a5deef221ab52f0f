"""Floor 1, understanding: words, and what was asked, to acts and the words that stayed unaccounted for. Pure."""
