"""How we speak to the world; each gateway has its fake beside it."""
