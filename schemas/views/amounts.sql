WITH
  aspects AS (
    SELECT claim_id, ARRAY_AGG(aspect) AS aspect
    FROM verification_differences
    GROUP BY claim_id
  )
SELECT
  commitments.obligor_id,
  figures.value,
  figures.unit,
  figures.currency,
  figures.per,
  figures.qualifier,
  wholes.value AS whole,
  commitments.due,
  commitments.due_note AS note_en,
  commitments.due_note_ja AS note_ja,
  commitments.made,
  commitments.status,
  commitments.certainty,
  commitments.statement_en,
  commitments.statement_ja,
  commitments.document_id,
  CASE WHEN commitments.document_id IS NULL THEN verifications.document_id END AS against_id,
  COALESCE(commitments.document_id, verifications.document_id) AS about_id,
  verifications.verdict,
  aspects.aspect,
  CASE WHEN verifications.source_id IS NOT NULL THEN commitments.claim_id END AS compared_id,
  figures.period,
  figures.as_stated,
  figures.part_of_id AS part_of,
  figures.claim_id AS figure,
  commitments.claim_id AS commitment
FROM figures
JOIN commitments ON figures.commitment_id = commitments.claim_id
LEFT JOIN figures AS wholes ON figures.part_of_id = wholes.claim_id
LEFT JOIN verifications ON commitments.claim_id = verifications.claim_id
LEFT JOIN aspects ON commitments.claim_id = aspects.claim_id
WHERE figures.unit <> 'rank'
ORDER BY
  figures.unit,
  figures.currency,
  COALESCE(wholes.value, figures.value) DESC,
  COALESCE(figures.part_of_id, figures.claim_id),
  figures.part_of_id NULLS FIRST,
  figures.value DESC,
  figures.claim_id
