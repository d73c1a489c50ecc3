"""What words exist and what may follow what. Standard library only."""
