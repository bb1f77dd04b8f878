
-- One whose number belongs to no row any more keeps its name, since nothing refers to it.
UPDATE today_state SET entry = ifnull(CASE
  WHEN entry GLOB 'connection-[0-9]*' THEN 'connection-' || (SELECT n.uid FROM connection n WHERE n.id = CAST(substr(entry, 12) AS INTEGER))
  WHEN entry GLOB 'budget-[0-9]*' THEN 'budget-' || (SELECT b.uid FROM budget b WHERE b.id = CAST(substr(entry, 8) AS INTEGER))
  WHEN entry GLOB 'leaver-[0-9]*' THEN 'leaver-' || ifnull(
    (SELECT min(a.address) FROM person_address a WHERE a.person_id = CAST(substr(entry, 8) AS INTEGER)),
    (SELECT n.uid || ' ' || p.external_id FROM principal p JOIN connection n ON n.id = p.connection_id
      WHERE p.person_id = CAST(substr(entry, 8) AS INTEGER) ORDER BY n.uid, p.external_id LIMIT 1))
  WHEN entry GLOB 'limit-[0-9]*-*' THEN 'limit-' || (SELECT n.uid FROM connection n WHERE n.id = CAST(substr(entry, 7) AS INTEGER))
    || substr(entry, 6 + instr(substr(entry, 7), '-'))
  END, entry);
