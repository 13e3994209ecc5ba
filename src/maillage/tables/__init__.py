"""Files of rows, whatever their clothes: CSV, JSON, GeoJSON, spreadsheets; with line numbers."""
