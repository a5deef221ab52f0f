"""Makes the sentences that the reader learns from, and fits its weights. Nothing of it is deployed."""
