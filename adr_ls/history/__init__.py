"""What became of records: from commits and old texts to when a status was given and what was changed since; none of it reads anything."""
