"""Changes to the plan in force: who asks, what it touches, who must agree, and from when it holds."""
