"""The project beside other retrievers and engines."""
