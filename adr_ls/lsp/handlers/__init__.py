"""What the client may ask and tell: a function for each message, which converts, asks the core, and converts back."""
