/** A condition: the version, by its alias, was current as of the sync `:sync`. */
export function asOfSync(version: string): string {
  return `(${version}.from_sync <= :sync AND (${version}.to_sync IS NULL OR ${version}.to_sync > :sync))`
}
