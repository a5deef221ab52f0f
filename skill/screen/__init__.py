"""What a reply shows: computed from the state that speech comes from, so that screen and speech cannot differ.

``show.py`` makes the screen of a turn, ``model.py`` holds its types, ``choices.py`` says what can be touched,
``touch.py`` turns a touch back into its act, ``words.py`` gives a screen its words, which is what renderers read.
"""
