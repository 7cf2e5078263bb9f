SELECT
  claim_topics.topic_id,
  document_mentions.document_id,
  document_mentions.stance,
  document_mentions.statement_en,
  document_mentions.statement_ja,
  document_mentions.pages,
  document_mentions.certainty,
  document_mentions.attributed_to_id,
  document_mentions.claim_id
FROM document_mentions
JOIN claim_topics ON document_mentions.claim_id = claim_topics.claim_id
WHERE document_mentions.stance <> 'cites'
ORDER BY claim_topics.topic_id, document_mentions.document_id, document_mentions.claim_id
