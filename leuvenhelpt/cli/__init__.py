"""What is asked from a terminal: `python -m leuvenhelpt VERB`. Each verb is a module with a `register`."""
