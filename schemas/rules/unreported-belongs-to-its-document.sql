-- Unreported items that are part of a claim, or of an item, of another document.
SELECT unreported._row
FROM unreported
LEFT JOIN verifications ON unreported.claim_id = verifications.claim_id
LEFT JOIN unreported AS wholes ON unreported.part_of_id = wholes.unreported_id
WHERE (unreported.claim_id IS NOT NULL
    AND COALESCE(verifications.document_id, '') <> unreported.document_id)
  OR COALESCE(wholes.document_id <> unreported.document_id, FALSE)
