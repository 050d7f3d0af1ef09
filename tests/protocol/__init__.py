"""The protocol, from raw bytes: nothing here uses pygls on the client's side, which would hide what pygls gets wrong."""
