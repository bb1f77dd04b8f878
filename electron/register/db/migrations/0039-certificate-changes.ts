/** Finds the versions of a certificate by its id, and events about limits and certificates, which are named by other fields too. */
export const certificateChanges = {
  version: 39,
  name: 'certificate-changes',
  sql: `
CREATE INDEX certificate_by_external_id ON certificate_version (connection_id, external_id);
CREATE INDEX event_of_rare ON event (connection_id, at) WHERE subject IN ('limit', 'certificate');
`,
} as const
