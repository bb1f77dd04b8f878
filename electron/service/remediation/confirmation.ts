import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

import type { Aspect, PreparedChange } from './prepare.ts'
import { isCreation } from '../../../shared/domain/remediation/remediation.ts'
import { plainText } from '../../../shared/domain/text/visible-text.ts'
import type { StoredConnection } from '../../register/connections/connection.ts'

/** How long a preview can be sent. */
export const PREVIEW_MS = 10 * 60_000

/**
 * The subject of a preview: when it was made, the remediation items, the read-only connections that may be written to
 * in this one run, a short mark of each thing that it depends on, and a seal over all of it. The seal decides; the
 * marks only show which of the things changed. It has no content, needs no memory and works in whichever process opens
 * the register next. Sending changes the item on the list, so a token works once.
 */
const TOKEN =
  /^([0-9a-z]{1,12})\.(\d{1,10}(?:-\d{1,10}){0,99})(?:_(\d{1,10}(?:-\d{1,10}){0,99}))?\.([0-9a-f]{4,16000})\.([0-9a-f]{64})$/u

export interface ReadToken {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly ids: readonly number[]
  /** Connections that this run may write to although they are read-only. */
  readonly allowed: readonly number[]
  readonly marks: string
  readonly seal: string
}

export function makeToken(
  key: Uint8Array,
  at: number,
  prepared: readonly PreparedChange[],
  allowed: readonly number[] = [],
): string {
  const ids = prepared.map(({ row }) => row.remediationId).join('-')
  const items = allowed.length === 0 ? ids : `${ids}_${allowed.join('-')}`
  return [at.toString(36), items, getMarks(prepared), computeSeal(key, { at, allowed }, prepared)].join('.')
}

/** Null for a text that is not a token. */
export function readToken(token: string): ReadToken | null {
  const [, at, ids, allowed, marks, seal] = TOKEN.exec(token) ?? []
  if (at === undefined || ids === undefined || marks === undefined || seal === undefined) return null
  return { at: Number.parseInt(at, 36), ids: toNumbers(ids), allowed: toNumbers(allowed ?? ''), marks, seal }
}

function toNumbers(text: string): number[] {
  return text === '' ? [] : text.split('-').map(Number)
}

/** True if the preview that the token was made of is still the same. */
export function isCurrent(key: Uint8Array, token: ReadToken, prepared: readonly PreparedChange[]): boolean {
  return timingSafeEqual(Buffer.from(token.seal), Buffer.from(computeSeal(key, token, prepared)))
}

/** Lists what changed since, by name: `mara@agency.example: role`. Empty when the marks show no difference. */
export function changedSince(token: ReadToken, prepared: readonly PreparedChange[]): string[] {
  let from = 0
  return prepared.flatMap(({ row, rests }) => {
    const names = rests.flatMap((aspect) => {
      const before = token.marks.slice(from, (from += MARK))
      return before === getMark(aspect) ? [] : [aspect[0]]
    })
    return names.length === 0 ? [] : [`${row.subject.name}: ${names.join(', ')}`]
  })
}

/** Hex digits of one mark. */
const MARK = 4

function getMark([name, value]: Aspect): string {
  return createHash('sha256').update(`${name}\n${value}`).digest('hex').slice(0, MARK)
}

function getMarks(prepared: readonly PreparedChange[]): string {
  return prepared.flatMap(({ rests }) => rests.map(getMark)).join('')
}

function computeSeal(
  key: Uint8Array,
  { at, allowed }: Pick<ReadToken, 'at' | 'allowed'>,
  prepared: readonly PreparedChange[],
): string {
  const rests = prepared.map(({ row, rests: own }) => [row.remediationId, own])
  return createHmac('sha256', key)
    .update(JSON.stringify(['remediation preview', at, allowed, rests]))
    .digest('hex')
}

const LONGEST = 100

/** A read-only connection that one run may write to, and what has to be typed to allow it. */
export interface Permission {
  readonly connection: StoredConnection
  readonly confirm: string
}

/** The read-only connections among `allow` that the changes are about: each is allowed by its own typed word. */
export function listPermissions(prepared: readonly PreparedChange[], allow: ReadonlySet<number>): Permission[] {
  const connections = new Map(
    prepared.flatMap(({ connection }) =>
      connection !== null && connection.access === 'read-only' && allow.has(connection.id)
        ? [[connection.id, connection] as const]
        : [],
    ),
  )
  return [...connections.values()].map((connection) => ({
    connection,
    confirm: isTypeable(connection.label) ? connection.label : `ALLOW ${connection.id}`,
  }))
}

/**
 * The word that has to be typed before changes are sent: for one the name of its subject, for several the action and
 * their number, such as `REMOVE 3` (also for one whose name cannot be typed). Empty when there is nothing to send.
 */
export function confirmWord(prepared: readonly PreparedChange[]): string {
  const sent = prepared.filter(({ call }) => call !== null)
  const [only] = sent
  if (only === undefined) return ''
  const named = sent.length === 1 ? typeable(only) : undefined
  const removes = sent.every(({ row }) => /-(?:remove|delete|disable)$/u.test(row.action))
  return named ?? `${removes ? 'REMOVE' : 'CHANGE'} ${sent.length}`
}

/** A name that a person can type as it is shown, or the provider's id; undefined where neither can be typed. */
function typeable({ row, request }: PreparedChange): string | undefined {
  const { name, email } = row.values
  const made =
    isCreation(row.action) && row.action !== 'alert-set' ? (email ?? name ?? row.subject.name) : row.subject.name
  const names = [made, row.subject.name, request?.subject.externalId ?? '']
  return names.find(isTypeable)
}

function isTypeable(name: string): boolean {
  return name !== '' && name.length <= LONGEST && name === plainText(name).replaceAll(/\s+/gu, ' ').trim()
}
