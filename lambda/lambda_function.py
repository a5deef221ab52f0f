"""What AWS Lambda calls: ``lambda_function.lambda_handler``. Everything else is in ``skill/``."""

import os
import sys
from pathlib import Path

# In the checkout skill/ stands beside this folder; in the built artifact it is inside.
sys.path.append(str(Path(__file__).resolve().parent.parent))

from skill.adapters.alexa.skill import create

lambda_handler = create(os.environ)
"""``lambda_handler(event, context)``: one Alexa request in, the response out."""
