"""Where help should go: which sites to choose, with a proof of how good the choice is."""
