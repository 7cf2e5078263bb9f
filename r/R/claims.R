# What is asked of the tables: claims about a topic, a claim with its proof, how to cite it.

claim_tables <- c("commitments", "figures", "document_mentions", "dates", "positions")

claims_about <- function(topic, tables = alliance_claims()) {
  unknown <- setdiff(topic, tables$topics$topic_id)
  if (length(unknown)) stop("no topic has the id ", toString(unknown), call. = FALSE)
  of_topic <- tables$claim_topics$topic_id %in% with_narrower(topic, tables$topics)
  wanted <- tables$claim_topics$claim_id[of_topic]
  found <- do.call(rbind, lapply(claim_tables, function(table) {
    rows <- tables[[table]]
    rows <- rows[rows$claim_id %in% wanted, ]
    data.frame(
      claim_id = rows$claim_id, table = rep(table, nrow(rows)), document_id = rows$document_id,
      statement_en = rows$statement_en, statement_ja = rows$statement_ja
    )
  }))
  found <- found[order(found$claim_id, method = "radix"), ]
  rownames(found) <- NULL
  found
}

# Topics with all that are narrower, at any depth.
with_narrower <- function(topics, table) {
  repeat {
    below <- table$topic_id[table$broader_id %in% topics]
    if (all(below %in% topics)) return(topics)
    topics <- union(topics, below)
  }
}

claim <- function(id, tables = alliance_claims()) {
  if (length(id) != 1L) stop("one id is asked for, not ", length(id), call. = FALSE)
  register <- rows_of(id, tables$claims)
  if (nrow(register) == 0L) stop("no claim has the id ", id, call. = FALSE)
  list(
    register = register,
    row = rows_of(id, tables[[as.character(register$table)]]),
    topics = rows_of(id, tables$claim_topics),
    evidence = rows_of(id, tables$evidence),
    verification = rows_of(id, tables$verifications),
    differences = rows_of(id, tables$verification_differences),
    spans = rows_of(id, tables$verification_spans)
  )
}

rows_of <- function(id, table, key = "claim_id") {
  found <- table[table[[key]] %in% id, ]
  rownames(found) <- NULL
  found
}

# The release is cited in the words of its page, which are those of `citation` in Python.
cite <- function(id = NULL, tables = alliance_claims()) {
  package <- attr(tables, "package")
  if (is.null(package)) stop("`tables` is what alliance_claims() gives, whole", call. = FALSE)
  if (!is.null(id)) return(vapply(id, cite_row, "", tables = tables, USE.NAMES = FALSE))
  people <- package$contributors
  makers <- Filter(function(one) any(c("creator", "author") %in% unlist(one$roles)), people)
  names <- vapply(if (length(makers)) makers else people, `[[`, "", "title")
  said <- c(
    sprintf("%s (%s)", paste(names, collapse = "; "), substr(package$created, 1, 4)),
    sprintf("%s (version %s)", package$title, package$version),
    c(package$id, package$homepage)[1]
  )
  paste0(paste(sub("[.]+$", "", said[!is.na(said)]), collapse = ". "), ".")
}

# Title, version and id of a row, and in parentheses the texts that it stands in.
cite_row <- function(id, tables) {
  sources <- if (id %in% tables$claims$claim_id) {
    rows_of(id, tables$evidence)$source_id
  } else if (id %in% tables$unreported$unreported_id) {
    rows_of(id, tables$unreported_spans, "unreported_id")$source_id
  } else if (!id %in% tables$discrepancies$discrepancy_id) {
    stop("no claim, unreported item or discrepancy has the id ", id, call. = FALSE)
  }
  package <- attr(tables, "package")
  row <- sprintf("%s %s, %s", package$title, package$version, id)
  if (length(sources)) sprintf("%s (%s)", row, toString(unique(sources))) else row
}
