"""A new plan arrives: its letter, the week carried over to it, and the draft that begins with it."""
