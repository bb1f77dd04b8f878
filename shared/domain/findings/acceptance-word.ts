import { makeAttestWord } from '../attest.ts'
import type { Severity } from './severity.ts'

/** What has to be typed before the risk of findings is accepted, such as `ACCEPT 3`; null for a few without a critical one. */
export function acceptanceWord(findings: readonly { readonly severity: Severity }[]): string | null {
  const word = makeAttestWord('ACCEPT', findings.length)
  return findings.some(({ severity }) => severity === 'critical') ? `ACCEPT ${findings.length}` : word
}
