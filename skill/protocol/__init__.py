"""Floor 0, the rules: signs, questions, levels and sources as typed data that a clinician can review."""
