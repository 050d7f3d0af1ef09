"""What an editor can ask: one pure function for each feature."""
