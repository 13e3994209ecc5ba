"""What help exists: structures, lieux, services, permanences, and where each was told."""
