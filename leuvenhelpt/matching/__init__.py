"""Who suits whom, and why: pure, without rows, clock or network."""
