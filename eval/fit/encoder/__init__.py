"""The encoder's training: the base that it begins with, the network, and how it is written."""
