"""What an ADR says: the file name, metadata, status, mentions and relations of one file."""
