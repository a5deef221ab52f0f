"""Floor 1, the reasoning: answers in, the next question or a conclusion out. Pure: no clock, no words, no locale."""
