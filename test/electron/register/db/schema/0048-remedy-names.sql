
-- Beside its number, which belongs to this register; null for a change from before.
ALTER TABLE remedy ADD COLUMN origin TEXT CHECK (origin IS NULL OR json_valid(origin));
