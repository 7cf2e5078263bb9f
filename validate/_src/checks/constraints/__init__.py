"""Types, constraints and row rules, by Pandera.

shortcuts: how to see in one go that a whole column meets a constraint.
check: the check itself.
"""
