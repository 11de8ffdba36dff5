"""Kist without windows: rules, records, papers and the one gate."""
