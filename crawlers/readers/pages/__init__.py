"""HTML pages: what they state for programs, and where selectors are declared, what they show to people."""
