"""What is published of a valid package: its tables and metadata in other formats.

names: names that differ where formats see no difference.
columns: columns as other formats take them.
promises: what the rows of a table are known to keep.
datafiles: the files of its data.
content: what is exported of a package.
people: who made a package, and what each did.
metadata: what is said of it beside the rows.
sql: tables as databases store them.
order: the order in which tables and rows are given to some.
checks: constraints as conditions of SQL.
parquet: Parquet.
sqlite: SQLite.
duckdb: DuckDB.
sheetcells: columns as cells of a sheet.
readmesheet: the sheet that says what is in a workbook.
workbook: Excel.
spreadsheet: CSV for spreadsheets.
archive: the package in a zip file.
standards: what a package is, by the standards of others.
formats: the table of all of these.
targets: where they are written.
export: all together.
"""
