"""Floor 0, the rules: findings, questions, levels and sources as typed data that a clinician can review."""
