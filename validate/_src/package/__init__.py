"""From a descriptor to a package in frozen values, or one line that says why not.

remote: files on the web, fetched where that is allowed.
folder: the folder of a package: files that a descriptor names, found safely.
forms: the forms of texts: dates, e-mail addresses, URLs, paths.
profile: the JSON Schemas of the standard and of our extensions.
dereference: a descriptor with the schemas and dialects that it only refers to.
consistency: whether the names that a package uses exist and fit.
declared: frozen values from properties with the same names.
tableschema: a Table Schema.
dialect: a Table Dialect.
resource: a resource.
extensions: table rules and text anchors.
descriptor: a whole package.
onetable: a package of one table, which has no descriptor.
belonging: the packages that files belong to.
"""
