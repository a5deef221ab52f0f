"""Upper Back Guide: spoken triage for upper back pain. Start reading at skill/dialog/conversation.py."""
