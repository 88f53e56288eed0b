"""Cases: what is looked into, with its exhibits as they were known when they were put there."""
