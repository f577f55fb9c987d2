"""One module per thing a person sets out to do."""
