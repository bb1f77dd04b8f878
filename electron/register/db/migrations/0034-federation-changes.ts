/** Finds the versions of a federation rule by its id, so that two moments are compared without a scan. */
export const federationChanges = {
  version: 34,
  name: 'federation-changes',
  sql: `
CREATE INDEX federation_by_external_id ON federation_version (connection_id, external_id);
`,
} as const
