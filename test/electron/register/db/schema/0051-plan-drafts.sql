
ALTER TABLE plan_version ADD COLUMN uid TEXT;
UPDATE plan_version SET uid = printf('%08x-%04x-7%03x-%04x-%012x', saved_at >> 16, saved_at & 65535, random() & 4095, 32768 | (random() & 16383), random() & 281474976710655);
CREATE UNIQUE INDEX plan_version_uid ON plan_version (uid);
-- The number of the version that it was made on; null for the first one.
ALTER TABLE plan_version ADD COLUMN parent INTEGER;
UPDATE plan_version SET parent = version - 1 WHERE version > 1;
-- Whether another version was the newest where it counts, so that a person has to merge the two.
ALTER TABLE plan_version ADD COLUMN draft INTEGER NOT NULL DEFAULT 0 CHECK (draft IN (0, 1));
