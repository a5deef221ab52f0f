"""Says what stands between this checkout and a skill that answers on an Echo. ``make doctor`` runs it."""
