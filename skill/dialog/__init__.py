"""Floor 2, the conversation: a session and a move in, the next session and a reply out."""
