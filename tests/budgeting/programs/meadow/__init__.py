"""The Meadow Allowance: a made-up program, here to show that a folder is all a program needs."""
