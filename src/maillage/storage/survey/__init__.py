"""What people and structures were asked and said: waves, answers, words, who was called."""
