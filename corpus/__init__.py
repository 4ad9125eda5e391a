"""Documents, and how they become passages."""
