"""A month of rounds on paper, on screens, in diaries and on town boards."""
