"""A log as pages to share: every record as it is written, what holds, and how it came about. Pure: texts out, nothing is written here."""
