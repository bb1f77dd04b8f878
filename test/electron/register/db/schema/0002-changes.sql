
CREATE INDEX grant_by_principal ON grant (principal_id, project_id);
CREATE INDEX membership_by_pair ON membership (group_id, member_id);
CREATE INDEX limit_by_external_id ON limit_version (connection_id, external_id);
