"""A question becomes an answer in which every sentence is carried by a passage."""
