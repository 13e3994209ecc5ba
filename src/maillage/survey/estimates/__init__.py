"""What answers tell of everybody: weights, shares with their intervals, changes, bounds."""
