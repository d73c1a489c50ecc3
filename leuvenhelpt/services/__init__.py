"""What happens when somebody does something: verbs that take a unit of work, never commit, never call out."""
