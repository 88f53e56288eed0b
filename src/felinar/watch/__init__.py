"""Watch a contact, a template or words: every run is asked what is new about them."""
