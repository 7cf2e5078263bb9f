-- Discrepancies that the text of no document settles.
SELECT discrepancies._row
FROM discrepancies
JOIN sources ON discrepancies.settled_by = sources.source_id
WHERE sources.document_id IS NULL
