"""The verbs: each receives engines, stores and writers as protocol arguments."""
