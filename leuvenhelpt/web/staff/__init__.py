"""The desk: what city staff see and do."""
