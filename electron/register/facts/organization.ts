/**
 * The organization of a connection aliased `cn`, as the provider reported it; before the first sync, the one that a test
 * of the credential opened on this machine.
 */
const orTested = (column: 'organization_id' | 'organization_name'): string =>
  `ifnull(cn.${column}, (SELECT l.${column} FROM connection_local l WHERE l.connection_id = cn.id))`
export const ORGANIZATION_ID = orTested('organization_id')
export const ORGANIZATION_NAME = orTested('organization_name')
