/**
 * What was counted already, in pieces rather than rows; and the faces that tell a month by one thing alone.
 */
export const usageFaces = {
  version: 11,
  name: 'usage-faces',
  sql: `
-- What was counted already: of each request 96 bits made of its id and its client, as three numbers of four bytes, the
-- lowest byte first. They lie in buckets by the highest twelve bits of the first number. Each import adds one piece to the
-- buckets that it meets, and says which part of it brought them. A row for each request had to be looked for a million
-- times over. The numbers that were kept before are dropped: those of two clients could agree.
CREATE TABLE usage_request_piece (
  bucket INTEGER NOT NULL,
  run INTEGER NOT NULL,
  part INTEGER NOT NULL,
  requests BLOB NOT NULL,
  PRIMARY KEY (bucket, run)
) STRICT, WITHOUT ROWID;

DROP TABLE usage_request;

-- Faces 10 to 14 tell a month by project, key, principal, feature or model alone; each comes from one that knows more.
INSERT INTO usage_cell (face, client_id, connection_id, period, a, b, c, requests, input, cached, cache_write, output, cost, estimate)
SELECT f.face, u.client_id, u.connection_id, u.period, iif(f.face IN (11, 14), u.b, u.a) AS n, 0, 0, sum(u.requests), sum(u.input),
  sum(u.cached), sum(u.cache_write), sum(u.output), sum(u.cost), sum(u.estimate)
FROM (SELECT 10 AS face, 7 AS source UNION ALL SELECT 11, 7 UNION ALL SELECT 12, 8 UNION ALL SELECT 13, 9
  UNION ALL SELECT 14, 8) f
  JOIN usage_cell u ON u.face = f.source
GROUP BY f.face, u.client_id, u.connection_id, u.period, n;
`,
} as const
