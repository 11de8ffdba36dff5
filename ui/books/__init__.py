"""The books: journal, ledger, statements, vouchers by hand, months closed and opened again."""
