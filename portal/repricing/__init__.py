"""What a new price list does to the plans in force: who is affected and how, a letter, and a change to ask for."""
