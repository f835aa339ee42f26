"""What was made, and from what: editions of briefs, complete or absent."""
