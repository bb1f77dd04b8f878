
-- A connection of the provider "file" reads a file that somebody makes from a platform without an API here. The path is
-- from the root of this machine on; the platform is its word in the file that was read last ("azure", "litellm").
ALTER TABLE connection ADD COLUMN file_path TEXT CHECK (file_path IS NULL OR provider = 'file');
ALTER TABLE connection ADD COLUMN platform TEXT CHECK (platform IS NULL OR provider = 'file');
