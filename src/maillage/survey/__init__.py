"""What people and structures say: whom to ask, questionnaires, answers counted honestly, words."""
