"""Understanding words: what identifies somebody hidden, themes, coding, agreement, quotes."""
