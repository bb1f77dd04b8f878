import { counted } from '../counted.ts'
import { lifetimeWords } from '../federation/lifetime.ts'

/** How a service account is opened: by keys, by federation, by both or by neither. */
export const CREDENTIALS = ['key', 'federation', 'both', 'none'] as const

interface CredentialCount {
  readonly keys: number
  readonly credential: (typeof CREDENTIALS)[number]
}

/** How a service account is opened, in words: `2 keys and federation`. */
export function credentialWords({ keys, credential }: CredentialCount): string {
  if (credential === 'none') return 'None known'
  if (credential === 'federation') return 'Federation'
  return credential === 'both' ? `${counted(keys, 'key')} and federation` : counted(keys, 'key')
}

interface Lives extends CredentialCount {
  readonly endless: number
  readonly endsUnknown: number
  readonly keyEndsAt: number | null
  readonly tokenSeconds: number | null
}

/** How long its credentials live, the longest first; `day` writes the day of an instant. */
export function credentialLifetime(
  { keys, credential, endless, endsUnknown, keyEndsAt, tokenSeconds }: Lives,
  day: (at: number) => string,
): string {
  if (endless > 0) return `${counted(endless, 'key')} without an end`
  if (endsUnknown > 0) return `${counted(endsUnknown, 'key')} whose end is not reported`
  if (keyEndsAt !== null) return `${keys > 1 ? 'The first until' : 'Until'} ${day(keyEndsAt)}`
  if (credential === 'none') return ''
  return tokenSeconds === null ? 'Tokens whose life is not reported' : `Tokens of ${lifetimeWords(tokenSeconds)}`
}
