"""Floor 3, the outside: the only modules that know the Alexa SDK, Flask or AWS."""
