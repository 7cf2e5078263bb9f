-- Rows of outside_knowledge whose value is not that of a cell, or whose column there is not.
WITH cells AS (
  SELECT 'sources' AS resource, source_id AS id, 'title' AS field, title AS value FROM sources
  UNION ALL SELECT 'sources', source_id, 'title_en', title_en FROM sources
  UNION ALL SELECT 'sources', source_id, 'authors', authors FROM sources
  UNION ALL SELECT 'sources', source_id, 'kind', kind FROM sources
  UNION ALL SELECT 'sources', source_id, 'document_id', document_id FROM sources
  UNION ALL SELECT 'sources', source_id, 'publisher', publisher FROM sources
  UNION ALL SELECT 'sources', source_id, 'language', language FROM sources
  UNION ALL SELECT 'sources', source_id, 'published', published FROM sources
  UNION ALL SELECT 'sources', source_id, 'rights', rights FROM sources
  UNION ALL SELECT 'documents', document_id, 'title', title FROM documents
  UNION ALL SELECT 'documents', document_id, 'title_en', title_en FROM documents
  UNION ALL SELECT 'documents', document_id, 'short_title', short_title FROM documents
  UNION ALL SELECT 'documents', document_id, 'kind', kind FROM documents
  UNION ALL SELECT 'documents', document_id, 'issuer_id', issuer_id FROM documents
  UNION ALL SELECT 'documents', document_id, 'authors', authors FROM documents
  UNION ALL SELECT 'documents', document_id, 'published', published FROM documents
  UNION ALL SELECT 'documents', document_id, 'identifier', identifier FROM documents
  UNION ALL SELECT 'documents', document_id, 'language', language FROM documents
  UNION ALL SELECT 'actors', actor_id, 'name_en', name_en FROM actors
  UNION ALL SELECT 'actors', actor_id, 'name_ja', name_ja FROM actors
  UNION ALL SELECT 'actors', actor_id, 'kind', kind FROM actors
  UNION ALL SELECT 'actors', actor_id, 'country', country FROM actors
  UNION ALL SELECT 'actors', actor_id, 'cow_code', CAST(cow_code AS VARCHAR) FROM actors
  UNION ALL SELECT 'actors', actor_id, 'part_of_id', part_of_id FROM actors
  UNION ALL SELECT 'actors', actor_id, 'role_en', role_en FROM actors
  UNION ALL SELECT 'actors', actor_id, 'role_ja', role_ja FROM actors
  UNION ALL SELECT 'topics', topic_id, 'kind', kind FROM topics
  UNION ALL SELECT 'topics', topic_id, 'label_en', label_en FROM topics
  UNION ALL SELECT 'topics', topic_id, 'label_ja', label_ja FROM topics
  UNION ALL SELECT 'topics', topic_id, 'abbreviation', abbreviation FROM topics
  UNION ALL SELECT 'topics', topic_id, 'broader_id', broader_id FROM topics
  UNION ALL SELECT 'topics', topic_id, 'group_id', group_id FROM topics
  UNION ALL SELECT 'topics', topic_id, 'definition_en', definition_en FROM topics
  UNION ALL SELECT 'discrepancies', discrepancy_id, 'note_en', note_en FROM discrepancies
),
known AS (
  SELECT resource, id, field, value FROM cells WHERE value IS NOT NULL
  UNION ALL SELECT DISTINCT resource, '*' AS id, field, '' AS value FROM cells
)
SELECT outside_knowledge._row
FROM outside_knowledge
LEFT JOIN known
  ON outside_knowledge.resource = known.resource
  AND outside_knowledge.id = known.id
  AND outside_knowledge.field = known.field
  AND COALESCE(outside_knowledge.value, '') = known.value
WHERE known.resource IS NULL
