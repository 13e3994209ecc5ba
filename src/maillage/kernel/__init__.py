"""What every room stands on: errors, findings, units, provenance, dated parameters."""
