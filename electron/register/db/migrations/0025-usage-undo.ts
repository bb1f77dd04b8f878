export const usageUndo = {
  version: 25,
  name: 'usage-undo',
  sql: `
-- Each file of usage records that was imported, so that it can be listed and undone. Imports of earlier versions are not
-- among them: what they added is not known.
CREATE TABLE usage_import (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  client_id INTEGER NOT NULL REFERENCES client (id),
  file TEXT NOT NULL,
  at INTEGER NOT NULL,
  by TEXT NOT NULL,
  -- 0 while it runs, and for ever where it was broken off; what was counted until then is in its parts.
  complete INTEGER NOT NULL DEFAULT 0 CHECK (complete IN (0, 1)),
  read INTEGER NOT NULL DEFAULT 0,
  counted INTEGER NOT NULL DEFAULT 0,
  repeated INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0,
  undone_at INTEGER,
  undone_by TEXT
) STRICT;
CREATE INDEX usage_import_of ON usage_import (client_id, id);

ALTER TABLE usage_part ADD COLUMN import_id INTEGER REFERENCES usage_import (id);
CREATE INDEX usage_part_of ON usage_part (import_id) WHERE import_id IS NOT NULL;

-- What a part added to cells of a face: for each its period, a, b and c, then its measures, as numbers of eight bytes in one
-- deflated piece.
CREATE TABLE usage_part_sum (
  part INTEGER NOT NULL REFERENCES usage_part (id),
  face INTEGER NOT NULL,
  rows BLOB NOT NULL
) STRICT;
CREATE INDEX usage_part_sum_of ON usage_part_sum (part);

-- Of a piece that was joined of several: the part and the number of requests of each in turn, as numbers of four bytes.
ALTER TABLE usage_request_piece ADD COLUMN parts BLOB;
`,
} as const
