# Copies the dataset of the repository around this folder into inst/extdata, where the installed
# package finds it. `configure` runs it; before `R CMD build`, which runs no such script, it is
# run by hand in this folder: Rscript tools/extdata.R

parts <- c("datapackage.json", "schemas", "data", "LICENSE-DATA")
from <- file.path("..", parts)
to <- file.path("inst", "extdata")

if (all(file.exists(from))) {
  unlink(to, recursive = TRUE)
  dir.create(to, recursive = TRUE)
  if (!all(file.copy(from, to, recursive = TRUE))) stop("the dataset cannot be copied to ", to)
} else if (!file.exists(file.path(to, "datapackage.json"))) {
  stop(
    "no dataset beside this folder, nor in ", to, ": install from a clone of the repository, ",
    "or build after `Rscript tools/extdata.R`"
  )
}
