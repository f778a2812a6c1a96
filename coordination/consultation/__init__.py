"""Consultation: rounds of comments on a draft, with a deadline and an answer to each comment."""
