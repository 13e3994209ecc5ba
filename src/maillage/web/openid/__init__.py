"""Signing in by an outside OpenID provider, ProConnect's way; off unless the machine tells one."""
