"""What is promised of speed, measured side by side: python -m benchmarks.NAME --json."""
