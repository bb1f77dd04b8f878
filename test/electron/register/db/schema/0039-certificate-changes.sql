
CREATE INDEX certificate_by_external_id ON certificate_version (connection_id, external_id);
CREATE INDEX event_of_rare ON event (connection_id, at) WHERE subject IN ('limit', 'certificate');
