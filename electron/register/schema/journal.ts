/** The audit log: append-only, each row hashed over the one before. */
export const journal = `
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  operator TEXT NOT NULL,
  action TEXT NOT NULL,
  client TEXT,
  subject TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  previous TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX journal_openings ON journal (client, at) WHERE action = 'review.opened';
CREATE INDEX journal_packs ON journal (client, seq) WHERE action = 'evidence.packed';
CREATE INDEX journal_of_reports ON journal (seq) WHERE action = 'report.exported';
CREATE INDEX journal_of_review ON journal (body ->> 'reviewUid', seq) WHERE substr(action, 1, 7) = 'review.';
CREATE INDEX journal_action ON journal (action, seq);
CREATE INDEX journal_of_finding ON journal (body ->> '$.findingNamed.connectionUid', body ->> '$.findingNamed.externalId',
  body ->> '$.findingNamed.rule') WHERE substr(action, 1, 8) = 'finding.';

-- A chain of hashes shows everything but a tail that was cut off, so the end is kept apart.
CREATE TABLE journal_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT;

-- Also a program that is not Castellan is stopped from changing a row.
CREATE TRIGGER journal_is_not_updated BEFORE UPDATE ON journal BEGIN
  SELECT RAISE(ABORT, 'The journal is append-only: a row cannot be changed.');
END;

CREATE TRIGGER journal_is_not_deleted BEFORE DELETE ON journal BEGIN
  SELECT RAISE(ABORT, 'The journal is append-only: a row cannot be deleted.');
END;

-- Every append moves the end, also one by another program.
CREATE TRIGGER journal_head_follows AFTER INSERT ON journal BEGIN
  UPDATE journal_head SET seq = NEW.seq, hash = NEW.hash;
END;

CREATE TRIGGER journal_head_goes_forward BEFORE UPDATE ON journal_head WHEN NEW.seq <= OLD.seq BEGIN
  SELECT RAISE(ABORT, 'The journal is append-only: its end only moves forward.');
END;

CREATE TRIGGER journal_head_is_not_deleted BEFORE DELETE ON journal_head BEGIN
  SELECT RAISE(ABORT, 'The journal is append-only: its end is not deleted.');
END;

INSERT INTO journal_head (id, seq, hash)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
`
