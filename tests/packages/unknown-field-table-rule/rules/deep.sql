SELECT _row FROM ponds WHERE deepness < 1
