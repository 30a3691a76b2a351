"""What dates in words are made of: the words of each language, figures, days, hours, and how they come together."""
