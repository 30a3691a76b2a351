"""Coverage-guided fuzzing of the readers with atheris; see README.md beside this file."""
