"""The desk in the browser: pages over what is published, each look written to the log before it is answered."""
