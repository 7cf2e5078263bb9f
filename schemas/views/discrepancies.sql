WITH
  live AS (
    SELECT 'commitments' AS table_name, claim_id, statement_en, statement_ja FROM commitments
    UNION ALL
    SELECT 'figures' AS table_name, claim_id, statement_en, statement_ja FROM figures
    UNION ALL
    SELECT 'document_mentions' AS table_name, claim_id, statement_en, statement_ja FROM document_mentions
    UNION ALL
    SELECT 'dates' AS table_name, claim_id, statement_en, statement_ja FROM dates
    UNION ALL
    SELECT 'positions' AS table_name, claim_id, statement_en, statement_ja FROM positions
  ),
  stated AS (
    SELECT claim_id, ARRAY_AGG(source_id) AS source_id
    FROM evidence
    GROUP BY claim_id
  )
SELECT
  discrepancies.discrepancy_id,
  discrepancies.kind,
  discrepancies.note_en,
  discrepancies.note_ja,
  discrepancies.handling,
  discrepancies.settled,
  discrepancies.settled_by,
  one.claim_id AS one_id,
  one.table_name AS one_table,
  one.statement_en AS one_en,
  one.statement_ja AS one_ja,
  one_stated.source_id AS one_source,
  other.claim_id AS other_id,
  other.table_name AS other_table,
  other.statement_en AS other_en,
  other.statement_ja AS other_ja,
  other_stated.source_id AS other_source
FROM discrepancies
LEFT JOIN live AS one ON discrepancies.claim_id = one.claim_id
LEFT JOIN stated AS one_stated ON discrepancies.claim_id = one_stated.claim_id
LEFT JOIN live AS other ON discrepancies.other_claim_id = other.claim_id
LEFT JOIN stated AS other_stated ON discrepancies.other_claim_id = other_stated.claim_id
ORDER BY discrepancies.kind, discrepancies.discrepancy_id
