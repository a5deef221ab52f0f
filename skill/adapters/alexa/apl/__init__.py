"""Screens of Alexa devices in the Alexa Presentation Language: imported when a device with a screen is first seen.

``directive.py`` makes what is sent, ``documents.py`` reads ``documents/*.json``, ``motion.py`` moves guided relief.
"""
