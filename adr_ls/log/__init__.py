"""From records to logs and a workspace: which files are ADRs, what refers to what, what the house does, what an index lists."""
