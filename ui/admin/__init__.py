"""Settings: people and roles, products, printers, backup, text and colours."""
