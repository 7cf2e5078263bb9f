WITH
  named AS (
    SELECT obligor_id AS actor_id, 1 AS place, 'Would have to act' AS role_en, '義務を負う' AS role_ja, 'commitments' AS table_name, claim_id, statement_en, statement_ja, document_id, certainty FROM commitments WHERE obligor_id IS NOT NULL
    UNION ALL
    SELECT beneficiary_id AS actor_id, 3 AS place, 'For whom something is done' AS role_en, '受け手' AS role_ja, 'commitments' AS table_name, claim_id, statement_en, statement_ja, document_id, certainty FROM commitments WHERE beneficiary_id IS NOT NULL
    UNION ALL
    SELECT demanded_by_id AS actor_id, 2 AS place, 'Asks for it' AS role_en, '求める' AS role_ja, 'commitments' AS table_name, claim_id, statement_en, statement_ja, document_id, certainty FROM commitments WHERE demanded_by_id IS NOT NULL
    UNION ALL
    SELECT subject_id AS actor_id, 7 AS place, 'Of whom a number is' AS role_en, '数値の対象' AS role_ja, 'figures' AS table_name, claim_id, statement_en, statement_ja, document_id, certainty FROM figures WHERE subject_id IS NOT NULL
    UNION ALL
    SELECT actor_id AS actor_id, 8 AS place, 'Acts on a date' AS role_en, '日付の当事者' AS role_ja, 'dates' AS table_name, claim_id, statement_en, statement_ja, document_id, certainty FROM dates WHERE actor_id IS NOT NULL
    UNION ALL
    SELECT holder_id AS actor_id, 4 AS place, 'Holds the view' AS role_en, '見解の持ち主' AS role_ja, 'positions' AS table_name, claim_id, statement_en, statement_ja, document_id, certainty FROM positions WHERE holder_id IS NOT NULL
    UNION ALL
    SELECT target_id AS actor_id, 6 AS place, 'Of whom a view speaks' AS role_en, '見解の対象' AS role_ja, 'positions' AS table_name, claim_id, statement_en, statement_ja, document_id, certainty FROM positions WHERE target_id IS NOT NULL
    UNION ALL
    SELECT attributed_to_id AS actor_id, 5 AS place, 'Says so, according to the source' AS role_en, '述べた者' AS role_ja, 'commitments' AS table_name, claim_id, statement_en, statement_ja, document_id, certainty FROM commitments WHERE attributed_to_id IS NOT NULL
    UNION ALL
    SELECT attributed_to_id AS actor_id, 5 AS place, 'Says so, according to the source' AS role_en, '述べた者' AS role_ja, 'figures' AS table_name, claim_id, statement_en, statement_ja, document_id, certainty FROM figures WHERE attributed_to_id IS NOT NULL
    UNION ALL
    SELECT attributed_to_id AS actor_id, 5 AS place, 'Says so, according to the source' AS role_en, '述べた者' AS role_ja, 'document_mentions' AS table_name, claim_id, statement_en, statement_ja, document_id, certainty FROM document_mentions WHERE attributed_to_id IS NOT NULL
    UNION ALL
    SELECT attributed_to_id AS actor_id, 5 AS place, 'Says so, according to the source' AS role_en, '述べた者' AS role_ja, 'dates' AS table_name, claim_id, statement_en, statement_ja, document_id, certainty FROM dates WHERE attributed_to_id IS NOT NULL
    UNION ALL
    SELECT attributed_to_id AS actor_id, 5 AS place, 'Says so, according to the source' AS role_en, '述べた者' AS role_ja, 'positions' AS table_name, claim_id, statement_en, statement_ja, document_id, certainty FROM positions WHERE attributed_to_id IS NOT NULL
  ),
  aspects AS (
    SELECT claim_id, ARRAY_AGG(aspect) AS aspect
    FROM verification_differences
    GROUP BY claim_id
  )
SELECT
  named.actor_id,
  named.role_en,
  named.role_ja,
  named.claim_id,
  named.table_name,
  named.statement_en,
  named.statement_ja,
  named.document_id,
  named.certainty,
  verifications.verdict,
  aspects.aspect,
  CASE WHEN verifications.source_id IS NOT NULL THEN named.claim_id END AS compared_id
FROM named
LEFT JOIN verifications ON named.claim_id = verifications.claim_id
LEFT JOIN aspects ON named.claim_id = aspects.claim_id
ORDER BY named.actor_id, named.place, named.claim_id
