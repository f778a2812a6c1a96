"""Files an office goes on working with: what the portal shows, taken out."""
