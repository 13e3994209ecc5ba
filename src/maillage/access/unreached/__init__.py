"""Who has no reachable help, and what a new permanence would reach of them."""
