# The command is named by the variable ALLIANCECLAIMS_VALIDATE, or is on the path; without it only
# its absence is tested.

library(allianceclaims)

failure <- function(expression) tryCatch(expression, error = conditionMessage)

stopifnot(grepl(
  "there is no command `no-such-command`", failure(validate_package(command = "no-such-command"))
))

command <- Sys.getenv("ALLIANCECLAIMS_VALIDATE", "validate")
if (nzchar(Sys.which(command))) {
  folder <- file.path(tempfile(), "with space")
  dir.create(folder, recursive = TRUE)
  write <- function(name, ...) writeLines(enc2utf8(c(...)), file.path(folder, name), useBytes = TRUE)
  write(
    "datapackage.json",
    '{"name": "boats", "resources": [{"name": "boats", "path": "boats.csv", "schema": {',
    '"fields": [{"name": "boat", "type": "string"}, {"name": "length", "type": "number"}],',
    '"primaryKey": ["boat", "length"]}}, {"name": "notes", "path": "notes.txt"}]}'
  )
  write("notes.txt", "none")
  write("boats.csv", "boat,length", "Heron,7.5", "\u8239,long")
  findings <- validate_package(folder, command = command)
  stopifnot(
    identical(attr(findings, "valid"), FALSE),
    any(grepl("notes", attr(findings, "not_checked"))),
    identical(findings$code, "type-error"),
    identical(findings$row, 3),
    identical(findings$field, "length"),
    identical(findings$value, "long"),
    identical(findings$key, enc2utf8("\u8239,long")),
    is.na(findings$rule), is.na(findings$folded)
  )

  write("boats.csv", "boat,length", "Heron,7.5")
  none <- validate_package(folder, "--resource", "boats", command = command)
  stopifnot(
    nrow(none) == 0, identical(names(none), names(findings)),
    identical(sapply(none, class), sapply(findings, class)), attr(none, "valid")
  )

  stopifnot(
    grepl("no such file", failure(validate_package(file.path(folder, "absent"), command = command))),
    grepl("no-such-option", failure(validate_package(folder, "--no-such-option", command = command)))
  )
}
