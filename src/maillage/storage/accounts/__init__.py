"""Who may sign in to a site, and what each may do in which territory. Only a site installs it."""
