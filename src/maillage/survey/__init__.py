"""What people and structures say: questionnaires, answers counted honestly, words."""
