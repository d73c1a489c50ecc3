"""How the queue asks: each worker claims rows that wait, acts outside any transaction, and records."""
