library(allianceclaims)

tables <- alliance_claims()
descriptor <- jsonlite::fromJSON(
  system.file("extdata", "datapackage.json", package = "allianceclaims"),
  simplifyVector = FALSE
)

failure <- function(expression) tryCatch(expression, error = conditionMessage)

# Named as in the descriptor, typed, described.
stopifnot(
  identical(names(tables), vapply(descriptor$resources, `[[`, "", "name")),
  identical(attr(tables, "version"), descriptor$version),
  identical(attr(tables, "version"), as.character(packageVersion("allianceclaims"))),
  is.numeric(tables$figures$value),
  is.integer(tables$segments$start),
  is.logical(tables$document_mentions$inference),
  inherits(tables$dates$date_min, "Date"),
  is.character(tables$claims$claim_id),
  identical(levels(tables$topics$kind), c("topic", "term")),
  !is.ordered(tables$topics$kind),
  is.ordered(tables$commitments$status),
  identical(attr(tables$topics$topic_id, "label"), "Topic"),
  identical(attr(tables$topics, "label"), "Topics"),
  all(unlist(lapply(tables, function(table) {
    vapply(table, function(column) nzchar(attr(column, "label")), NA)
  })))
)

# Claims of a topic and of those below it.
about <- claims_about("extended-deterrence", tables)
narrow <- claims_about("extended-deterrence-term", tables)
stopifnot(
  identical(about$claim_id, sort(about$claim_id)),
  !anyDuplicated(about$claim_id),
  nrow(narrow) > 0, nrow(narrow) < nrow(about),
  all(narrow$claim_id %in% about$claim_id),
  about$statement_en[about$claim_id == "com-0121"] ==
    tables$commitments$statement_en[tables$commitments$claim_id == "com-0121"],
  identical(failure(claims_about("no-topic", tables)), "no topic has the id no-topic")
)

# A claim, one that was withdrawn, one that never was.
found <- claim("com-0131", tables)
gone <- claim("com-0106", tables)
stopifnot(
  nrow(found$register) == 1, nrow(found$row) == 1, nrow(found$verification) == 1,
  nrow(found$evidence) >= 1, all(found$evidence$claim_id == "com-0131"),
  sum(found$topics$is_main) == 1,
  nrow(claim(tables$verification_differences$claim_id[1], tables)$differences) >= 1,
  nrow(gone$row) == 0, nrow(gone$evidence) == 0, gone$register$withdrawn_in == "0.3.0",
  identical(failure(claim("com-9999", tables)), "no claim has the id com-9999"),
  identical(failure(claim(c("com-0001", "com-0002"), tables)), "one id is asked for, not 2")
)

# Citations.
version <- descriptor$version
stopifnot(
  identical(
    cite(c("fig-0005", "dis-0002"), tables),
    paste0("Alliance Claims ", version, c(", fig-0005 (nds-explainer-2026)", ", dis-0002"))
  ),
  grepl("us-rok-joint-fact-sheet-2025", cite("unr-0001", tables), fixed = TRUE),
  identical(
    cite(tables = tables),
    paste0("The Alliance Claims developers (2026). Alliance Claims (version ", version, ").")
  ),
  grepl("has the id com-9999", failure(cite("com-9999", tables))),
  grepl("whole", failure(cite(tables = tables["claims"])))
)

# A copy elsewhere is read by its path, and what is wrong in it is named.
copy <- tempfile()
dir.create(copy)
stopifnot(file.copy(
  list.files(system.file("extdata", package = "allianceclaims"), full.names = TRUE), copy,
  recursive = TRUE
))
stopifnot(
  identical(alliance_claims(copy), tables),
  identical(alliance_claims(file.path(copy, "datapackage.json")), tables),
  grepl("no datapackage.json in", failure(alliance_claims(file.path(copy, "data"))))
)
spoilt <- function(table, before, after) {
  file <- file.path(copy, "data", paste0(table, ".csv"))
  whole <- readLines(file, encoding = "UTF-8")
  changed <- sub(before, after, whole)
  stopifnot(!identical(changed, whole))
  writeLines(changed, file, useBytes = TRUE)
  message <- failure(alliance_claims(copy))
  writeLines(whole, file, useBytes = TRUE)
  message
}
stopifnot(
  identical(
    spoilt("claims", "^com-0001,commitments", "com-0001,comitments"),
    "data/claims.csv, row 2: 'comitments' is no value of the field table"
  ),
  grepl("is no value of the field is_main", spoilt("claim_topics", "true$", "yes")),
  grepl("its columns are not those", spoilt("claims", "^claim_id", "id"))
)
