"""Scenarios as data: a TOML file each."""
