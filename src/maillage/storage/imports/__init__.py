"""The files that coordinators bring on the site: waiting, imported, taken back."""
