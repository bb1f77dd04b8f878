const LONGEST = 200

/** Anything shaped like a credential of a provider, whole or already shortened by the provider. */
const CREDENTIAL = /\bsk-[\w*.…-]{3,}/gu

/**
 * A provider's own words made fit for a reason that people read: one line, no control or direction marks, no credential
 * (neither the one in use nor anything shaped like one), at most 200 characters. Null when nothing is left.
 */
export function plainWords(text: unknown, credential: string): string | null {
  if (typeof text !== 'string') return null
  // The credential goes first: after a cut, half of it would not be recognised.
  const line = text
    .replaceAll(credential, '…')
    .slice(0, 4 * LONGEST)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]+/gu, ' ')
    .replaceAll(CREDENTIAL, 'sk-…')
    .replaceAll(/\s+/gu, ' ')
    .trim()
  if (line === '') return null
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
}
