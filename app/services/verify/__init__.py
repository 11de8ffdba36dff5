"""The invariants of the books, a module each; app.services.verifying runs them all."""
