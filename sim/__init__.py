"""The engine: numpy and numba. What is simulated, decided and counted."""
