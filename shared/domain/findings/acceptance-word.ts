import type { Severity } from './severity.ts'

/**
 * What has to be typed before the risk of findings is accepted together, such as `ACCEPT 3`; null where none of them is
 * critical.
 */
export function acceptanceWord(findings: readonly { readonly severity: Severity }[]): string | null {
  return findings.some(({ severity }) => severity === 'critical') ? `ACCEPT ${findings.length}` : null
}
