-- Evidence in the text of a document: no source reports there.
SELECT evidence._row
FROM evidence
JOIN sources ON evidence.source_id = sources.source_id
WHERE sources.document_id IS NOT NULL
