"""From bytes to batches of cells: one small reader a format.

files: files as they lie on disk: their bytes, size and digest.
compression: what compressed files unpack to.
_codes: bytes as series, without a copy.
encodings: names of encodings, and files made UTF-8.
detection: the encoding of a file, told by its bytes.
stretches: which records stand where in plain files.
batch: what every reader gives.
blocks: the text of files, in blocks that end where a line does.
formats: the formats of files, an entry each.
_proofs: whether what begins like a format goes on like it.
_signatures: what files of formats begin with.
misnamed: files of another format than is declared.
records: records of delimited text, read one by one.
_lines: lines of a block by their indexes.
_quoting: what is quoted in a block of delimited text.
_ragged: records of it with more or fewer cells than others.
_parsing: cells of such a block, parsed by Polars.
_plain: blocks of which Polars reads what `csv` would read.
reread: few of their records, read again.
_values: the text and the type of values that have types already.
_beginning: what a file begins with that goes on with a table.
_continuing: what is said of such files.
splits: parts of files that can be read by themselves.
_firstblock: the first block of a file, of which a header is read without the rest.
_heads: headers and comments of files of delimited text.
_textfile: a file of delimited text: its header, then its records.
_textsplits: its splits.
_smallfiles: small ones of a table, parsed together.
_typed: columns of such values.
items: rows as their formats have them.
_keys: the columns of rows that are objects.
_nativerows: their rows as batches.
native: tables of such values, in whatever format.
_forks: forks of this process.
_worker: the process in which libraries read files that may end it.
_apart: files read by such a process.
_thrift: values in Thrift's compact protocol.
footers: what Parquet files say of themselves.
_pieces: rows of Parquet files that are read at once.
_trial: Parquet files read on trial, apart.
_sent: columns of sheets as the process sends them.
spelled: columns of native types as texts.
parquet: Parquet files.
_pandas: frames of pandas as frames of Polars.
inmemory: frames of Polars and pandas, told from other values.
frames: their rows.
_kept: what is kept of workbooks as long as they may be wanted again.
_scans: what is to be known of a sheet before it is read.
_xlsxshapes: the cells of a sheet of Office Open XML, told by the shapes of its rows.
_xlsx: that of Office Open XML.
_ods: that of OpenDocument.
_xls: that of Excel 97 to 2003.
_workbooks: workbooks before they are read.
_sheets: their sheets, read apart.
_keptsheets: those that are open for all who want their rows.
_sheetheads: the workbooks of a table, their headers read.
_jsonvalues: single values in a text of JSON.
_jsontext: JSON as a text: its values one by one.
_jsonrows: the rows in it, and what it is where it is no table.
_jsonshapes: what stands between the values of rows that are written alike.
_jsoncells: the cells of such rows by whole columns.
_jsonmasks: commas in strings of lists, masked.
_jsonmarks: lists that are lines, cut at their commas.
_jsonrowtexts: texts of such rows, and what is counted in them.
_jsoncolumns: such rows as columns.
_jsonentries: these with the others among them.
_linerows: the row in a line.
_jsonlines: lines that are rows, many at a time.
_linesplits: splits of files of such lines.
_jsonforms: how rows of an array are parted.
_jsonarrays: rows of an array, many at a time.
*: the readers, a module a format; `formats` says which.
written: the rows of text formats as they stand in their files, byte for byte.
"""

from validate._src.reading._kept import workbooks_kept
from validate._src.reading.formats import open_table

__all__ = ["open_table", "workbooks_kept"]
