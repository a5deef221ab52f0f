"""Amazon's own viewhost in Chromium: draws the screens that the skill sends, and takes touches on them.

``make prove`` holds the screens with it; ``make screens`` draws the pictures of docs/screens.md. ``package.json`` names
what comes from npm. Nothing here is deployed.
"""
