"""What access measures give to others: tables and maps."""
