"""The look again after three days: stores, Alexa's reminders, and what joins them. Imported only where it is on."""
