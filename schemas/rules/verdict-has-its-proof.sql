-- Claims that the document bears out or contradicts without a place, unless they say that something
-- is left out, and claims with a place in a document that is said not to have them.
WITH placed AS (SELECT DISTINCT claim_id, TRUE AS has_place FROM verification_spans),
omitting AS (SELECT claim_id, TRUE AS omits FROM document_mentions WHERE stance = 'omits')
SELECT verifications._row
FROM verifications
LEFT JOIN placed ON verifications.claim_id = placed.claim_id
LEFT JOIN omitting ON verifications.claim_id = omitting.claim_id
WHERE (verifications.verdict = 'not-in-document' AND COALESCE(placed.has_place, FALSE))
  OR (verifications.verdict IN ('agrees', 'differs')
    AND NOT COALESCE(placed.has_place, FALSE)
    AND NOT COALESCE(omitting.omits, FALSE))
