# The command `validate`, run on any Data Package.

validate_package <- function(path = ".", ..., command = "validate") {
  program <- Sys.which(command)
  if (!nzchar(program)) {
    stop(
      "there is no command `", command, "`: install the tool (python3 -m pip install . in a clone ",
      "of its repository), or say by `command` where it is",
      call. = FALSE
    )
  }
  files <- tempfile(c("findings", "report", "errors"), fileext = c(".jsonl", ".json", ".txt"))
  on.exit(unlink(files))
  arguments <- c(
    "run", as.character(c(...)), "--format", "jsonl", "--output", paste0("json:", files[2]),
    "--", path.expand(path)
  )
  quoted <- shQuote(arguments, type = if (.Platform$OS.type == "windows") "cmd" else "sh")
  status <- system2(program, quoted, stdout = files[1], stderr = files[3])
  if (!status %in% c(0L, 1L) || !file.exists(files[2])) {
    said <- readLines(files[3], encoding = "UTF-8", warn = FALSE)
    stop(paste(c(paste0(command, " ended with ", status), said), collapse = "\n"), call. = FALSE)
  }
  report <- read_json(files[2])$packages[[1]]
  structure(
    findings_of(readLines(files[1], encoding = "UTF-8", warn = FALSE)),
    valid = report$valid,
    not_checked = vapply(report$not_checked, function(each) {
      paste0(each$what, ": ", each$why)
    }, "")
  )
}

# The members of a finding, and whether they are numbers or texts.
members <- c(
  package = "text", resource = "text", path = "text", code = "text", severity = "text",
  message = "text", row = "number", line = "number", field = "text", rule = "text", key = "text",
  value = "text", note = "text", folded = "number", sheet = "text", cell = "text"
)

# A row for each line of JSON. What does not apply is NA; the parts of a key are joined by commas.
findings_of <- function(lines) {
  found <- lapply(lines, jsonlite::fromJSON, simplifyVector = FALSE)
  columns <- Map(function(name, kind) {
    values <- lapply(found, `[[`, name)
    absent <- lengths(values) == 0L
    if (kind == "number") {
      replace(rep(NA_real_, length(found)), !absent, as.numeric(unlist(values)))
    } else {
      joined <- vapply(values, paste, "", collapse = ",")
      replace(joined, absent, NA_character_)
    }
  }, names(members), members)
  as.data.frame(columns, stringsAsFactors = FALSE)
}
