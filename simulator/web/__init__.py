"""A smart speaker as a page in the browser. It talks to the real Alexa endpoint; ``make serve`` starts it."""
