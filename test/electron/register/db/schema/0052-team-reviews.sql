
CREATE INDEX team_entry_kind ON team_entry (stream, operation ->> 'kind', seq) WHERE void_reason IS NULL;
CREATE INDEX journal_of_review ON journal (body ->> 'reviewUid', seq) WHERE substr(action, 1, 7) = 'review.';
-- Why an operation that waits would have no effect, as far as this register has read; it does not count then.
ALTER TABLE team_pending ADD COLUMN void_reason TEXT;
-- The uid of the sync, which this register may not have; null where it has it.
ALTER TABLE review_source ADD COLUMN sync_uid TEXT;
-- What a review of another register froze about connections and subjects that this register has not read yet: the line, and for an item
-- its position and the number that it gets.
CREATE TABLE review_left (
  id INTEGER PRIMARY KEY,
  review_id INTEGER NOT NULL REFERENCES review (id),
  position INTEGER,
  item_id INTEGER,
  line TEXT NOT NULL CHECK (json_valid(line)),
  CHECK ((position IS NULL) = (item_id IS NULL))
) STRICT;
CREATE INDEX review_left_of_review ON review_left (review_id, position);
CREATE INDEX review_left_item ON review_left (item_id);
