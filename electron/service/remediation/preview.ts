import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

import type { RemediationPreview } from '../../../shared/contract/remediation.ts'
import { goesFirst, type RemediationAction, isCreation } from '../../../shared/domain/remediation/remediation.ts'
import { isUnsent } from '../../../shared/domain/remediation/states.ts'
import { type Context, getReader } from '../core/context.ts'
import { notFound, READ_AGAIN, Refusal } from '../kit/refusal.ts'
import type { Session } from '../core/session.ts'
import { readApprovalObstacle } from './approval.ts'
import { prepare, type PreparedChange, type Aspect } from './prepare.ts'
import { shownRow } from './rows.ts'
import type { ImpactReport } from '../../../shared/contract/impact.ts'
import { impactSays } from '../../../shared/domain/impact/says.ts'
import { findImpact, toConsequence } from '../../register/impact/impact.ts'
import type { Reader } from '../../register/db/handles.ts'
import type { StoredRemediation } from '../../register/remediation/list.ts'
import { plainText } from '../../../shared/domain/text/visible-text.ts'
import type { StoredConnection } from '../../register/connections/connection.ts'

/**
 * The exact calls of changes and what has to be typed to send them, with a write permission for this one run to the
 * connections in `allow`. Sends nothing and stores nothing. Throws `Refusal` NOT_FOUND.
 */
export async function makePreview(
  context: Context,
  ids: readonly number[],
  allow: readonly number[] = [],
): Promise<RemediationPreview> {
  const wanted = [...new Set(ids)]
  const asGiven = await prepare(context, wanted, new Set(allow))
  const isFirst = ({ row }: PreparedChange): boolean => goesFirst(row.action)
  const prepared = [...asGiven.filter(isFirst), ...asGiven.filter((each) => !isFirst(each))]
  const missing = wanted.filter((id) => !prepared.some(({ row }) => row.remediationId === id))
  if (missing.length > 0) throw notFound(`Remediation item ${missing.join(', ')}`, READ_AGAIN)
  const permissions = listPermissions(prepared, new Set(allow))
  const approvals: (string | null)[] = []
  for (const one of prepared) approvals.push(await readApprovalObstacle(context, one))
  return {
    token: makeToken(
      sealingKey(context.session()),
      context.now(),
      prepared,
      permissions.map(({ connection }) => connection.id),
    ),
    confirm: confirmWord(prepared),
    permissions: permissions.map(({ connection: { id, label, provider, organizationId }, confirm }) => ({
      connection: { id, label, provider, organizationId },
      confirm,
    })),
    remediations: prepared.map(({ row, call, byHand, readOnlySteps, obstacle }, at) => ({
      row: shownRow(context, row),
      calls: call === null ? [] : [call],
      impact: findRemediationImpact(getReader(context), row, context.now()),
      byHand,
      readOnlySteps,
      obstacle,
      approvalObstacle: approvals[at] ?? null,
    })),
  }
}

/** The register's own key seals previews, so that only a holder of that key can make one. */
function sealingKey({ key }: Session): Uint8Array {
  return key ?? new Uint8Array(0)
}

/** The subject of a token. */
export interface PreviewSubject {
  readonly prepared: readonly PreparedChange[]
  /** The read-only connections that this run may write to. */
  readonly allowed: ReadonlySet<number>
  /** The word to type; empty when there is nothing to send. */
  readonly word: string
  /** The seal of the preview: it names exactly these calls on exactly this state of the register. */
  readonly digest: string
}

const PREVIEW_AGAIN = 'Preview it again and check what it shows now.'

/**
 * Previews the subject of a token on the register as it is now. Throws `Refusal` CONFLICT for an invalid token, one
 * that is older than ten minutes, or one whose preview would look different now, and names what changed.
 */
export async function previewed(context: Context, token: string): Promise<PreviewSubject> {
  const read = readToken(token)
  if (read === null) throw new Refusal('CONFLICT', 'This is not a preview token.', 'Preview it first.')
  const age = context.now() - read.at
  if (age < 0 || age > PREVIEW_MS) {
    throw new Refusal('CONFLICT', 'The preview is older than ten minutes.', PREVIEW_AGAIN)
  }
  const allowed = new Set(read.allowed)
  const prepared = await prepare(context, read.ids, allowed)
  if (prepared.length === read.ids.length && isCurrent(sealingKey(context.session()), read, prepared)) {
    return {
      prepared,
      allowed,
      word: confirmWord(prepared),
      digest: read.seal,
    }
  }
  const ran = prepared.find(({ row }) => !isUnsent(row.state))
  if (ran !== undefined) {
    throw new Refusal(
      'CONFLICT',
      `${ran.row.says} It is not pending any more (${ran.row.state}); a preview can be sent only once.`,
      'See the remediation list.',
    )
  }
  const changed = changedSince(read, prepared)
  throw new Refusal(
    'CONFLICT',
    changed.length === 0
      ? 'The token does not belong to a preview of this register.'
      : `Changed since the preview: ${changed.join('; ')}.`,
    PREVIEW_AGAIN,
  )
}

/** Actions that remove the subject, so that everything that depends on it is affected. */
const ENDS: ReadonlySet<RemediationAction> = new Set([
  'member-remove',
  'invite-delete',
  'service-account-delete',
  'key-disable',
  'key-delete',
])

/** The impact: what stops working and what is unaffected; null for an action that does not remove the subject. */
export function findRemediationImpact(reader: Reader, row: StoredRemediation['row'], now: number): ImpactReport | null {
  const { kind, id } = row.subject
  if (kind === 'connection') return null
  if (ENDS.has(row.action)) return findImpact(reader, { kind, id }, { now })
  const { projectId } = row.values
  if (row.action !== 'project-member-remove' || projectId === undefined) return null
  const whole = findImpact(reader, { kind, id }, { now })
  return whole === null ? null : withinProject(whole, projectId, now)
}

/**
 * A person who loses one project loses there exactly what they would lose there with the organization, by the same
 * rules.
 */
function withinProject(whole: ImpactReport, projectId: number, now: number): ImpactReport {
  const rows = whole.rows.filter(({ project }) => project?.id === projectId)
  const consequences = rows.map((row) => toConsequence(row, now))
  return { ...whole, rows, says: impactSays(consequences, []) }
}

/** How long a preview can be sent. */
const PREVIEW_MS = 10 * 60_000

/**
 * The subject of a preview: when it was made, the remediation items, the read-only connections that may be written to
 * in this one run, a short mark of each thing that it depends on, and a seal over all of it. The seal decides; the
 * marks only show which of the things changed. A token contains none of the request, so it may be shown. No process
 * remembers it: the next process that opens the register accepts it. Sending changes the item, so a token works once.
 */
const TOKEN =
  /^([0-9a-z]{1,12})\.(\d{1,10}(?:-\d{1,10}){0,99})(?:_(\d{1,10}(?:-\d{1,10}){0,99}))?\.([0-9a-f]{4,16000})\.([0-9a-f]{64})$/u

interface ReadToken {
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
