SELECT 99 AS _row FROM ponds
