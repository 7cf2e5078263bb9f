SELECT _row FROM ponds WHERE depth < 0
