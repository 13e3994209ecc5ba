"""The site: views, forms, templates and static files. Views stay thin, rules live below.

One part of the site a package: ``public`` (no account), ``accounts``, ``orienting`` (the front
desk), ``coordinator``, ``api``; ``reading`` holds what pages read, in memory. ``python -m
maillage.web`` is Django's own command line for it.
"""
