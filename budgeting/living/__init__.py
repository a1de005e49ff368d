"""Support from day to day: shared homes, family, short stays, equipment, new workers, and visits that did not happen."""
