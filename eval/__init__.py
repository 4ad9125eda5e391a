"""Question sets, metrics and reports. Nothing here is read by the code under test."""
