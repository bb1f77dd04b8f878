
CREATE INDEX federation_by_external_id ON federation_version (connection_id, external_id);
