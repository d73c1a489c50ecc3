"""What happens when somebody does something. Verbs; a unit of work comes first; they never commit or call out."""
