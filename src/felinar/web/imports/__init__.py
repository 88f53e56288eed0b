"""Import on the desk: files wait in the inbox, are looked at apart from the desk, and come in by `felinar run`."""
