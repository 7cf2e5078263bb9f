-- Evidence that reaches out of its segment.
SELECT evidence._row
FROM evidence
JOIN segments
  ON evidence.source_id = segments.source_id AND evidence.segment = segments.segment
WHERE evidence."start" < segments."start" OR evidence."end" > segments."end"
