"""What a sentence of the front desk asks for: a service, a formality, or something else."""
