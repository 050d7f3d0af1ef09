"""What an editor can ask, one module of pure functions a feature: from a `Cursor` to plain values with spans and paths."""
