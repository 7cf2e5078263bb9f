SELECT _row FROM lakes
