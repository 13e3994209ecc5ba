"""What comes into rounds: those that run already, and the file of what is asked."""
