
CREATE INDEX grant_carrying ON grant (connection_id) WHERE implied_role_raw IS NOT NULL;
