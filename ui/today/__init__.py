"""Today: how the day stands, and what waits for whoever signed in."""
