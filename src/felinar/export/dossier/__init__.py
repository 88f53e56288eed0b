"""A dossier: one lead or one case as a folder that leaves the house, and that anybody can check with Python alone."""
