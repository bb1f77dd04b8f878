
-- Their uids, in order; null where there are none.
ALTER TABLE remedy ADD COLUMN aliases TEXT CHECK (aliases IS NULL OR json_valid(aliases));
CREATE INDEX remedy_with_aliases ON remedy (id) WHERE aliases IS NOT NULL;
