"""Streets as OpenStreetMap tells them: what each mode may use, how fast, and how far one gets."""
