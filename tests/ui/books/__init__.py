"""The books at the window."""
