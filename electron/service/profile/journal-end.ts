import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'

import type { NotedEnd } from '../../register/db/noted-end.ts'
import { errorCode, replacePrivateFile } from '../../files/private-file.ts'
import type { SecretStore } from '../../secrets/secret-store.ts'

/** `damaged`: the key of this register did not write the note. */
export type FoundEnd =
  | { readonly state: 'noted'; readonly end: NotedEnd }
  | { readonly state: 'absent' }
  | { readonly state: 'damaged' }

const FORM = /^(\d{1,15}) ([0-9a-f]{64}) (\d{1,15})$/u

/**
 * Reads where the journal ended when it was last written, from the file beside the register. Read it before the register:
 * it is written after each commit, so a register that is read later is never behind it.
 */
export function readNotedEnd(path: string, key: Uint8Array): FoundEnd {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return { state: 'absent' }
    throw error
  }
  const [line = '', code = ''] = text.split('\n')
  const end = parseEnd(line)
  const right = Buffer.from(getCode(line, key))
  const given = Buffer.from(code)
  if (end === null || given.length !== right.length || !timingSafeEqual(given, right)) return { state: 'damaged' }
  return { state: 'noted', end }
}

/** Notes where the journal ends. Returns once it is on the disk. */
export function writeNotedEnd(path: string, key: Uint8Array, end: NotedEnd): void {
  const line = endLine(end)
  replacePrivateFile(path, `${line}\n${getCode(line, key)}\n`)
}

function endLine({ seq, hash, at }: NotedEnd): string {
  return `${seq} ${hash} ${at}`
}

function parseEnd(line: string): NotedEnd | null {
  const [, seq, hash = '', at] = FORM.exec(line) ?? []
  return seq === undefined ? null : { seq: Number(seq), hash, at: Number(at) }
}

/** HMAC-SHA-256, in hex, under a key of its own that is derived from the register's (HKDF, RFC 5869). */
function getCode(line: string, key: Uint8Array): string {
  const own = hkdfSync('sha256', key, '', 'castellan journal end', 32)
  return createHmac('sha256', Buffer.from(own)).update(line).digest('hex')
}

/** The name of its entry in the keychain. */
export const JOURNAL_END_ACCOUNT = 'journal-end'

/** The end that the keychain keeps, so that a whole profile that was replaced by an older copy is noticed too. */
export async function readKeptEnd(secrets: SecretStore): Promise<NotedEnd | null> {
  if (secrets.kind !== 'keychain') return null
  return parseEnd((await secrets.get(JOURNAL_END_ACCOUNT)) ?? '')
}

export async function forgetKeptEnd(secrets: SecretStore): Promise<void> {
  if (secrets.kind === 'keychain') await secrets.delete(JOURNAL_END_ACCOUNT)
}

export async function writeKeptEnd(secrets: SecretStore, end: NotedEnd): Promise<void> {
  if (secrets.kind === 'keychain') await secrets.set(JOURNAL_END_ACCOUNT, endLine(end))
}
