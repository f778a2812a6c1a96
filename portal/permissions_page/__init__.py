"""The page of docs that says who may do what, written from the code and from the committed rights tables."""
