
-- The kind of failure of a sync that failed or was not complete, as in connection-fault.ts; null for a complete one, and for
-- those of earlier versions.
ALTER TABLE sync ADD COLUMN fault TEXT;

-- What the last test or sync showed about the stored credential: ok, refused, unreachable; null: not tested.
ALTER TABLE connection ADD COLUMN credential_check TEXT;
UPDATE connection SET credential_check = 'ok' WHERE credential_tested_at IS NOT NULL
  AND EXISTS (SELECT 1 FROM json_each(capabilities) c WHERE c.value ->> 'state' = 'readable');
