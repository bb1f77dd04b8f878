/** A condition: a version of a federation rule, by its alias, is current and gives access now. */
export function liveRule(version: string): string {
  return `${version}.to_sync IS NULL AND ${version}.status = 'active' AND ifnull(${version}.issuer_status, 'active') = 'active'`
}
