"""Floor 6: draws and words what it is handed; computes no figure of its own."""
