"""From a descriptor to a package in frozen values, or one clear line why not.

remote: files on the web, fetched where that is allowed.
folder: files that a descriptor names, found safely.
profile: the JSON Schemas of the standard and of our extensions.
consistency: whether the names that a package uses exist and fit.
declared: frozen values from properties with the same names.
tableschema: a Table Schema.
descriptor: a whole package.
"""
