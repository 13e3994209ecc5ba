"""The front desk: finding help for a person. Every page asks for the right to orient."""
