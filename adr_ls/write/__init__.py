"""How something is written in the house's style: fields, new records, other numbers and titles."""
