
-- The SHA-256 of the requests in hex, and the requests; null for an item of a profile without a team, and while they are not known.
ALTER TABLE remedy ADD COLUMN calls TEXT;
ALTER TABLE remedy ADD COLUMN requests TEXT CHECK (requests IS NULL OR json_valid(requests));
-- By name, time and hash, in the order in which they count.
ALTER TABLE remedy ADD COLUMN approvals TEXT CHECK (approvals IS NULL OR json_valid(approvals));
-- Who added an item, and who approved it, is the member whose entry it is.
CREATE INDEX team_entry_of_change ON team_entry (operation ->> '$.body.remedyUid', stream, seq) WHERE operation ->> '$.body.remedyUid' IS NOT NULL;
-- Of which clients changes need a second member's approval, as the team decided last.
CREATE TABLE team_approval (client TEXT PRIMARY KEY, required INTEGER NOT NULL CHECK (required IN (0, 1))) STRICT;
