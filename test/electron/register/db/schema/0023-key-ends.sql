
-- When a key stops opening anything: 0 where its provider says that it has, its expiry otherwise, null where it never does.
-- On the key itself, so that the lists that ask for it stay reads of one index.
ALTER TABLE key ADD COLUMN ends_at INTEGER;
UPDATE key SET ends_at = (SELECT CASE WHEN v.status IN ('archived', 'expired') THEN 0 ELSE v.expires_at END
  FROM key_version v WHERE v.key_id = key.id AND v.to_sync IS NULL);
DROP INDEX key_due;
DROP INDEX key_summary;
CREATE INDEX key_due ON key (due_on, connection_id, id, ends_at) WHERE standing = 1;
CREATE INDEX key_summary ON key (connection_id, due_on, unowned, last_use_state, last_used_at, created_at, ends_at) WHERE standing = 1;

-- Whether a key's name follows its client's pattern. Its environment may also come from a word of its name or its project's.
ALTER TABLE key ADD COLUMN follows_pattern INTEGER NOT NULL DEFAULT 0 CHECK (follows_pattern IN (0, 1));
UPDATE key SET follows_pattern = coalesce(environment, team, purpose) IS NOT NULL;

-- What is worked out from facts goes by newer rules now: it is worked out again at the next opening.
INSERT OR REPLACE INTO meta (key, value) VALUES ('derive', 'again');
