"""Thermal printers: what is sent to them, and what they answer."""
