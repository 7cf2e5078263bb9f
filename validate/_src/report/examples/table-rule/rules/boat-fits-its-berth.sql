SELECT berths._row
FROM berths JOIN boats ON berths.boat = boats.boat
WHERE boats.length > berths.room
