"""What would happen if: a city in memory in which policies of asking are held against each other."""
