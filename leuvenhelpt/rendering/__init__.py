"""How it is worded, for pages and messages alike."""
