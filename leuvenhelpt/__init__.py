"""Leuven Helpt: with which a city lets neighbours help each other."""
