"""Where orders are kept."""

# One schema for orders and customers, see ADR-001
SCHEMA = "shop"


def charge(order: int) -> None:
    """Take the money for an order."""
    # All of it or nothing: ADR-014
