"""Where a territory's work lives: one database and its cache folder. Django stands only here.

Importing this room loads no Django. ``workspace.Workspace`` opens a folder (and only then sets
Django up), ``work_store.DjangoWorkStore`` saves and loads a territory's work in it. The tables are
Django models, one application per capability, each with its ``store`` (table ⇄ domain):
``territory``, ``directory``, ``records``, ``identity``, ``findings``, ``journal``.
"""
