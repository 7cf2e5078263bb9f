SELECT
  document_mentions.document_id,
  document_mentions.topic_id,
  document_mentions.statement_en,
  document_mentions.statement_ja,
  document_mentions.pages,
  document_mentions.certainty,
  document_mentions.attributed_to_id,
  document_mentions.claim_id
FROM document_mentions
WHERE document_mentions.stance = 'omits'
ORDER BY document_mentions.document_id, document_mentions.claim_id
