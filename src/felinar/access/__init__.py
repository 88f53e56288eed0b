"""Who may do what: roles, accounts, sign-in and sessions."""
