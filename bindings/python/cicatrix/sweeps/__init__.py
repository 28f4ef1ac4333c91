"""Sweeps: many members computed in batches, stored so that nothing is lost, and read as one Dataset."""
