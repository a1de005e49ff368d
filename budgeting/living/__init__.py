"""Support from day to day: shared homes, family, short stays, equipment, new workers, visits that did not happen."""
