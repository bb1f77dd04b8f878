import type { Verdict } from '../../../shared/contract/evidence.ts'
import { invalid } from '../kit/refusal.ts'

/** What the signer of a pack is compared with: a fingerprint that came another way, else the keys of a profile. */
export interface Signers {
  readonly key?: string | undefined
  readonly own?: readonly string[]
}

/** A fingerprint as people copy it, in 64 small hexadecimal digits. Throws `Refusal` INVALID for what is none. */
export function parseFingerprint(text: string): string {
  const digits = text.replaceAll(/[\s:]/gu, '').toLowerCase()
  if (/^[0-9a-f]{64}$/u.test(digits)) return digits
  throw invalid(
    'key',
    `${JSON.stringify(text.slice(0, 100))} is not a fingerprint of a key.`,
    'Give its SHA-256 in 64 hexadecimal digits, as VERIFY.md shows it.',
  )
}

/** Who signed a pack, by the fingerprint of its key. */
export function signerOf(fingerprint: string | null, { key, own = [] }: Signers): Verdict['signer'] {
  if (fingerprint === null) return null
  if (key !== undefined) return fingerprint === key ? 'given' : 'other'
  if (own.length === 0) return 'not-compared'
  return own.includes(fingerprint) ? 'own' : 'unknown'
}
