import { withoutTokens } from '../../../shared/domain/secrets/cut-secrets.ts'
import { withoutSecret } from '../../../shared/domain/secrets/own-secret.ts'

const LONGEST = 200

/** Control and direction marks, private and half characters, and what breaks a line. */
const MARKS = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]+/gu

/** A name inside a step for people: quoted, on one line, so that no part of it looks like a step. */
export function quotedName(name: string): string {
  const line = name.replaceAll(MARKS, ' ').replaceAll(/\s+/gu, ' ').trim()
  return `“${line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line}”`
}

/**
 * A provider's own words made fit for a reason that people read: one line, no control or direction marks, no credential
 * (neither the one in use, in whatever disguise, nor anything shaped like one), at most 200 characters. Null when nothing is
 * left.
 */
export function plainWords(text: unknown, credential: string): string | null {
  if (typeof text !== 'string') return null
  const line = withoutSecret(text, credential, oneLine)
  return line === '' ? null : line
}

function oneLine(text: string): string {
  const line = withoutTokens(text.slice(0, 4 * LONGEST).replaceAll(MARKS, ' '))
    .replaceAll(/\s+/gu, ' ')
    .trim()
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
}
