"""Kist's windows: the only rooms that know Qt."""
