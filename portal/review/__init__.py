"""The pack for the next plan meeting: what was used and what was not, why, what worked, and what is asked for."""
