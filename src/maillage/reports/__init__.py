"""What a diagnosis becomes: HTML, PDF, JSON, GeoJSON, CSV."""
