SELECT a._row FROM ponds AS a CROSS JOIN ponds AS b WHERE a.pond_id = 1
