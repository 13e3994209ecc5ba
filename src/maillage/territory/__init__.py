"""Where people live, and how fragile they are with digital things."""
