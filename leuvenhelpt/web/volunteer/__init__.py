"""What volunteers use: their offer, what they are asked, what they said yes to."""
