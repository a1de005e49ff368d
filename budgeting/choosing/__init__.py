"""What could be otherwise: more of something, less of something, the same money or the same week in another way."""
