"""Tests about the house itself: what keeps the code as docs/architecture.md says it is."""
