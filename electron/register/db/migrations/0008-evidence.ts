/**
 * Where the journal ends, noted by a trigger at each append: a chain of hashes shows everything but a tail that was cut
 * off. The two indexes find the row that opened a review and the packs of a client.
 */
export const evidence = {
  version: 8,
  name: 'evidence',
  sql: `
CREATE TABLE journal_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT;
INSERT INTO journal_head (id, seq, hash)
  SELECT 1, seq, hash FROM (
    SELECT seq, hash FROM journal
    UNION ALL SELECT 0, '0000000000000000000000000000000000000000000000000000000000000000'
  ) ORDER BY seq DESC LIMIT 1;
CREATE TRIGGER journal_head_follows AFTER INSERT ON journal BEGIN
  UPDATE journal_head SET seq = NEW.seq, hash = NEW.hash;
END;
CREATE TRIGGER journal_head_goes_forward BEFORE UPDATE ON journal_head WHEN NEW.seq <= OLD.seq BEGIN
  SELECT RAISE(ABORT, 'The journal is append-only: its end only moves forward.');
END;
CREATE TRIGGER journal_head_is_not_deleted BEFORE DELETE ON journal_head BEGIN
  SELECT RAISE(ABORT, 'The journal is append-only: its end is not deleted.');
END;

CREATE INDEX journal_openings ON journal (client, at) WHERE action = 'review.opened';
CREATE INDEX journal_packs ON journal (client, seq) WHERE action = 'evidence.packed';
`,
} as const
