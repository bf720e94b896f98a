"""What lies ahead of a plan: its observations and the assumption ledger put through the models."""
