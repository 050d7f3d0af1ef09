"""What is written where, with places: text, Markdown, front matter, TOML, path patterns. Knows nothing of ADRs."""
