"""The directory as files that others read: the national schema, GeoJSON, the campaign."""
