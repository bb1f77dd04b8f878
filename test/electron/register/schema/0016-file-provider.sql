
-- file-provider
