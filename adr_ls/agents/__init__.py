"""What coding agents ask, and how it is told."""
