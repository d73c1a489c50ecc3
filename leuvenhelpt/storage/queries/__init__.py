"""Named reads. Each returns frozen facts, never rows."""
