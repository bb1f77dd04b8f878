/**
 * Why a connection could not be read, or not completely. `refused`: the provider rejects the credential. `permission`:
 * the credential may not read some lists. `unreachable`: nothing answers. `certificate`: what answers has no trusted
 * certificate. `proxy`: the proxy or a setting of this machine prevents the call. `address`: what answers is not the
 * provider. `organization`: the credential opens another organization. `busy`: the provider limits requests or has an
 * error of its own. `file`: the file of the connection cannot be read.
 */
export const CONNECTION_FAULTS = [
  'refused',
  'organization',
  'unreachable',
  'certificate',
  'proxy',
  'address',
  'file',
  'permission',
  'busy',
  'other',
] as const

export type ConnectionFault = (typeof CONNECTION_FAULTS)[number]

/** The kind that most failures have, the most serious one of several; null without any. */
export function commonFault(faults: readonly ConnectionFault[]): ConnectionFault | null {
  const [most] = CONNECTION_FAULTS.map((fault) => ({ fault, count: faults.filter((each) => each === fault).length }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count)
  return most?.fault ?? null
}

/** True if a failure is one of the provider, which any machine would have; others may be those of one machine and its credential. */
export function isOfProvider(fault: ConnectionFault): boolean {
  return fault === 'busy' || fault === 'other'
}

/** The result of the last check of a credential, by a test or by a sync. Null in a field of this kind: not tested. */
export const CREDENTIAL_CHECKS = ['ok', 'refused', 'unreachable'] as const
export type CredentialCheckResult = (typeof CREDENTIAL_CHECKS)[number]

const CHECKS: Readonly<Partial<Record<ConnectionFault, CredentialCheckResult>>> = {
  refused: 'refused',
  organization: 'refused',
  unreachable: 'unreachable',
  certificate: 'unreachable',
  proxy: 'unreachable',
  address: 'unreachable',
}

/** The result of a check of the credential that a failure shows; null where it shows nothing. */
export function toCredentialCheck(fault: ConnectionFault): CredentialCheckResult | null {
  return CHECKS[fault] ?? null
}

export type ConnectionFix = 'replace-key' | 'edit-url' | 'choose-file' | 'retry'

const WORDS: Readonly<Record<ConnectionFix, string>> = {
  'replace-key': 'Replace key',
  'edit-url': 'Edit URL',
  'choose-file': 'Choose file',
  retry: 'Sync again',
}

export function fixLabel(fix: ConnectionFix): string {
  return WORDS[fix]
}

/** The fixes of a failure, the best first. `ownAddress`: the connection has a base URL of its own. */
export function listFixes(fault: ConnectionFault, ownAddress: boolean): readonly [ConnectionFix, ...ConnectionFix[]] {
  if (fault === 'refused' || fault === 'permission' || fault === 'organization') return ['replace-key']
  if (fault === 'file') return ['choose-file', 'retry']
  const isElsewhere = fault === 'unreachable' || fault === 'certificate' || fault === 'address'
  return isElsewhere && ownAddress ? ['edit-url', 'retry'] : ['retry']
}
