"""The only place that chooses engines, stores and writers."""
