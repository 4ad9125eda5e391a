"""Fitting the weights that ship with the project, on the train and dev split."""
