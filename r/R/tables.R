# The tables as data frames, typed and described by the schemas of their descriptor.

alliance_claims <- function(path = NULL) {
  folder <- if (is.null(path)) installed() else folder_of(path)
  descriptor <- read_json(file.path(folder, "datapackage.json"))
  tables <- lapply(descriptor$resources, read_table, folder = folder)
  names(tables) <- vapply(descriptor$resources, `[[`, "", "name")
  attr(tables, "version") <- descriptor$version
  attr(tables, "package") <- descriptor[setdiff(names(descriptor), "resources")]
  tables
}

installed <- function() {
  folder <- system.file("extdata", package = "allianceclaims")
  if (!file.exists(file.path(folder, "datapackage.json"))) {
    stop("the package was installed without the dataset: say where it is by `path`", call. = FALSE)
  }
  folder
}

folder_of <- function(path) {
  folder <- if (basename(path) == "datapackage.json") dirname(path) else path
  if (!file.exists(file.path(folder, "datapackage.json"))) {
    stop("no datapackage.json in ", folder, call. = FALSE)
  }
  folder
}

read_json <- function(file) {
  jsonlite::fromJSON(file, simplifyVector = FALSE)
}

# One table. All cells are read as texts first, so that none is guessed or changed on the way.
read_table <- function(resource, folder) {
  schema <- read_json(file.path(folder, resource$schema))
  missing <- if (is.null(schema$missingValues)) "" else unlist(schema$missingValues)
  cells <- read.csv(
    file.path(folder, resource$path),
    colClasses = "character", na.strings = missing, encoding = "UTF-8",
    check.names = FALSE, blank.lines.skip = FALSE
  )
  fields <- schema$fields
  if (!identical(names(cells), vapply(fields, `[[`, "", "name"))) {
    stop(resource$path, ": its columns are not those of ", resource$schema, call. = FALSE)
  }
  cells[] <- Map(function(texts, field) column(texts, field, resource$path), cells, fields)
  structure(cells, label = schema$title, description = schema$description)
}

# A column of the type of its field, a factor where that has categories, with title and
# description.
column <- function(texts, field, path) {
  values <- if (is.null(field$categories)) typed(texts, field) else categorical(texts, field)
  wrong <- which(is.na(values) & !is.na(texts))
  if (length(wrong)) {
    stop(
      sprintf(
        "%s, row %d: '%s' is no value of the field %s",
        path, wrong[1] + 1L, texts[wrong[1]], field$name
      ),
      call. = FALSE
    )
  }
  structure(values, label = field$title, description = field$description)
}

typed <- function(texts, field) {
  switch(field$type,
    string = texts,
    # What is no number is named by the caller, with its row.
    integer = suppressWarnings(as.integer(texts)),
    number = suppressWarnings(as.numeric(texts)),
    boolean = unname(c(true = TRUE, false = FALSE)[texts]),
    date = as.Date(texts, format = "%Y-%m-%d"),
    stop("the field ", field$name, " has the type ", field$type, ", which is not read here")
  )
}

categorical <- function(texts, field) {
  levels <- vapply(field$categories, function(each) {
    as.character(if (is.list(each)) each$value else each)
  }, "")
  factor(texts, levels, ordered = isTRUE(field$categoriesOrdered))
}
