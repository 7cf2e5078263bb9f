SELECT _row FROM ponds
