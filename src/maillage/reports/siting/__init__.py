"""Where to put new posts, for people and for programs."""
