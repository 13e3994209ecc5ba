"""Which records speak of one permanence, one lieu, one structure: three questions."""
