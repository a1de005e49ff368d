"""Making a machine ready: system packages, the Python environment, and the catalogues of each language."""
