"""One file that holds the whole office: rows, stored files, names of settings; made, listed, proved and put back."""
