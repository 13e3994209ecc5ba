"""The table of findings: what was doubtful in the data that was taken in."""
