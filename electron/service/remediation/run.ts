import type { RemediationRow } from '../../../shared/contract/remediation.ts'
import type { Json } from '../../../shared/domain/canonical-json.ts'
import { withoutSecret } from '../../../shared/domain/secrets/own-secret.ts'
import { getProvider } from '../../providers/registry.ts'
import type { WriteResult } from '../../providers/kit/write.ts'
import { getConnection } from '../../register/connections/connection.ts'
import { findByUid } from '../../register/remediation/store.ts'
import { listAccess, callable } from '../core/credentials.ts'
import { assertWritable, type Context, commit, getReader } from '../core/context.ts'
import { readUid } from '../core/operations.ts'
import { Refusal } from '../kit/refusal.ts'
import type { Session } from '../core/session.ts'
import { readJob } from '../sync/start.ts'
import { listPermissions, type Permission, previewed } from './preview.ts'
import { describeRow, moveRemediation, recordOf } from './journal.ts'
import { placeSending, reachTeam, toUnreached } from './place-sending.ts'
import { prepare, type PreparedChange } from './prepare.ts'
import { shownRows } from './rows.ts'
import { holdSecret } from '../core/secrets.ts'
import { type Sending, whileSending } from '../core/sending.ts'
import type { Access } from '../../providers/kit/calls.ts'

export interface RunRequest {
  readonly token: string
  readonly confirm: string
  /** The typed words that allow this run alone to write to read-only connections. */
  readonly allow: readonly { readonly connectionId: number; readonly confirm: string }[]
}

export interface RunReport {
  readonly rows: RemediationRow[]
  readonly stopped: string | null
  readonly syncing: number[]
}

/**
 * Sends what was previewed, one request after the other, and stops at the first unexpected response, but for a refusal
 * on which no other change depends. Nothing is sent again automatically: not after a failure, not when the network is back, not at the next start. Throws `Refusal`
 * CONFLICT before anything is sent.
 */
export function runRemediations(context: Context, { token, confirm, allow }: RunRequest): Promise<RunReport> {
  assertWritable(context)
  const session = context.session()
  return whileSending(session, async (own) => {
    // Decisions of others meanwhile count, and the server has to answer where a change needs an approval.
    const unreached = await reachTeam(context)
    const { prepared: all, allowed, word, digest } = await previewed(context, token)
    for (const { connection, call } of all) if (connection !== null && call !== null) own.to.add(connection.id)
    const permissions = listPermissions(all, allowed)
    checkPermissions(permissions, allow)
    checkSendable(all, word, confirm)
    const ready = await makeReady(context, all)
    if (unreached !== null && ready.some(({ sendable: { isPlacedFirst } }) => isPlacedFirst))
      throw toUnreached(unreached)
    const uids = all.map(({ row }) => readUid(getReader(context), 'remediation', row.remediationId))
    const once = { permissions, digest, items: all.map(({ row }) => row.remediationId) }
    notePermissions(context, 'write-allowed-once', once)
    const progress: Progress = { touched: new Set(), sent: 0 }
    const notePermissionsEnded = (why: string | null): void =>
      notePermissions(context, 'write-permission-ended', once, { sent: progress.sent, stopped: why })
    const stopped = await sendAll(context, session, { ready, allowed }, { own, progress }).catch((error: unknown) => {
      // The audit log of another profile has no row that the permission was given.
      if (context.session() === session) notePermissionsEnded(FAILED)
      throw error
    })
    sameProfile(context, session)
    notePermissionsEnded(stopped)
    const syncing = own.stopping ? [] : await readAgain(context, session, progress.touched)
    const rows = shownRows(
      context,
      uids.flatMap((uid) => findByUid(getReader(context), uid)?.id ?? []),
    )
    return { rows, stopped, syncing }
  })
}

/**
 * Checks that the word of each permission of a preview was typed. Throws `Refusal` CONFLICT for a missing or wrong word, and
 * for a connection that the preview did not ask for.
 */
function checkPermissions(permissions: readonly Permission[], typed: RunRequest['allow']): void {
  const words = new Map(typed.map(({ connectionId, confirm }) => [connectionId, confirm.trim()]))
  for (const id of words.keys()) {
    if (permissions.some(({ connection }) => connection.id === id)) continue
    throw new Refusal(
      'CONFLICT',
      `The preview asks for no write permission to connection ${id}.`,
      'Nothing was sent. Preview it again with that permission.',
    )
  }
  for (const { connection, confirm } of permissions) {
    if (words.get(connection.id) === confirm) continue
    throw new Refusal(
      'CONFLICT',
      `Writing to ${connection.label} was not confirmed.`,
      `Nothing was sent. Type ${confirm} to allow changes there for this one run.`,
    )
  }
}

/**
 * Notes a write permission for one run before anything is sent, and when it has ended. The permission itself is stored
 * nowhere: it exists in the token that was sent once.
 */
function notePermissions(
  context: Context,
  what: 'write-allowed-once' | 'write-permission-ended',
  once: { readonly permissions: readonly Permission[]; readonly digest: string; readonly items: readonly number[] },
  more: Readonly<Record<string, Json>> = {},
): void {
  const { permissions, digest, items } = once
  if (permissions.length === 0) return
  commit(context, ['remediation'], ({ noteAll }) =>
    noteAll(
      permissions.map(({ connection }) => ({
        action: `connection.${what}`,
        client: connection.client.slug,
        subject: connection.label,
        body: { connection: connection.id, remediations: [...items], preview: digest, ...more },
      })),
    ),
  )
}

type Ready = PreparedChange & {
  readonly request: NonNullable<PreparedChange['request']>
  readonly call: NonNullable<PreparedChange['call']>
  readonly connection: NonNullable<PreparedChange['connection']>
  readonly access: Access
  readonly sendable: NonNullable<PreparedChange['sendable']>
}

/** Throws `Refusal` CONFLICT if a change has an obstacle, or if the typed word is not the word of the preview. */
function checkSendable(all: readonly PreparedChange[], word: string, typed: string): void {
  const hindered = all.find(({ obstacle }) => obstacle !== null)
  if (hindered !== undefined) {
    throw new Refusal(
      'CONFLICT',
      `${hindered.row.says} ${hindered.obstacle}`,
      'Nothing was sent. Remove it from the preview, or resolve the blocker.',
    )
  }
  if (word === '') {
    throw new Refusal('CONFLICT', 'Nothing in this preview can be sent.', 'Do the manual steps and mark it as done.')
  }
  if (typed.trim() !== word) {
    throw new Refusal('CONFLICT', `What was typed is not ${word}.`, `Nothing was sent. Type ${word} to send it.`)
  }
}

async function makeReady(context: Context, all: readonly PreparedChange[]): Promise<Ready[]> {
  const ready: Ready[] = []
  for (const prepared of all) {
    const { call, request, connection, sendable } = prepared
    if (call === null || request === null || connection === null || sendable === null) continue
    // All credentials first: a keychain that does not answer must not stop a list half-way.
    const access = await listAccess(context, connection)
    ready.push({ ...prepared, call, request, connection, access, sendable })
  }
  const syncing = await syncingNow(context)
  const busy = ready.find(({ connection }) => syncing.has(connection.id))
  if (busy !== undefined) {
    throw new Refusal(
      'CONFLICT',
      `${busy.connection.label} is being synced at this moment.`,
      'Nothing was sent. Wait for the sync to end and preview again: it may show something else.',
    )
  }
  return ready
}

async function syncingNow(context: Context): Promise<ReadonlySet<number>> {
  for await (const states of context.syncs.watch(false, undefined)) {
    return new Set(states.filter(({ phase }) => phase !== 'done').map(({ connectionId }) => connectionId))
  }
  return new Set()
}

const FAILED = 'Castellan failed while it was sending.'

/** The changes of a list sent until now, also when sending throws. */
interface Progress {
  /** Connections to sync afterwards. */
  readonly touched: Set<number>
  sent: number
}

/** Sends one change after the other. Returns why it stopped; null when all were sent. */
async function sendAll(
  context: Context,
  session: Session,
  { ready, allowed }: { readonly ready: readonly Ready[]; readonly allowed: ReadonlySet<number> },
  { own, progress }: { readonly own: Sending; readonly progress: Progress },
): Promise<string | null> {
  const before = { done: 0, refused: 0, unsure: 0 }
  for (const [index, one] of ready.entries()) {
    const left = ready.length - index - 1
    const stop = (why: string): string => `${one.row.says} ${why}${rest(before, left)}`
    if (own.stopping) return stop('It was not sent, since Castellan is closing.')
    const [now] = await prepare(context, [one.row.remediationId], allowed)
    if (now === undefined || now.sendable === null || JSON.stringify(now.rests) !== JSON.stringify(one.rests)) {
      return stop('It changed since the preview and was not sent.')
    }
    const result = await sendOne(context, session, { ...one, sendable: now.sendable }, progress)
    if (result.state === 'done') before.done += 1
    else if (result.state === 'failed' && result.alone) before.refused += 1
    else if (result.state === 'unsure' && result.alone) before.unsure += 1
    else return stop(result.says)
  }
  return null
}

/** Describes what was done and refused before the unexpected response, and what was not sent. */
function rest(
  { done, refused, unsure }: Readonly<Record<'done' | 'refused' | 'unsure', number>>,
  left: number,
): string {
  const were = (count: number): string => (count === 1 ? 'was' : 'were')
  return [
    done === 0 ? '' : ` ${done} before it ${done === 1 ? 'is' : 'are'} done.`,
    refused === 0 ? '' : ` ${refused} before it ${were(refused)} refused.`,
    unsure === 0 ? '' : ` The result of ${unsure} before it is unknown.`,
    left === 0 ? '' : ` ${left} after it ${were(left)} not sent.`,
  ].join('')
}

async function sendOne(context: Context, session: Session, one: Ready, progress: Progress): Promise<WriteResult> {
  const { row, call, connection, sendable } = one
  const request = { method: call.method, url: call.url, body: call.body }
  // Committed before the request is sent: whatever happens next, the journal shows that it may have been sent.
  sameProfile(context, session)
  const { described, at } = commit(context, ['remediation'], (act) => {
    const { calls } = sendable
    moveRemediation(act, row, 'remediation.sending', { request, ...(calls === undefined ? {} : { calls }) })
    // The row may be another one by the time the provider answers.
    const { remediation: _, ...names } = describeRow(act.writer, row)
    return { described: names, at: act.at }
  })
  if (sendable.isPlacedFirst) {
    const unplaced = await placeSending(context, { remediationUid: described.remediationUid, at })
    sameProfile(context, session)
    if (unplaced !== null) {
      const { why: outcome, isWaiting } = unplaced
      // One without effect left the item as it was.
      if (isWaiting)
        commit(context, ['remediation'], (act) => recordOf(act, row, described, 'remediation.unsent', { outcome }))
      return { state: 'unsent', says: outcome }
    }
  }
  const result = await attempt(one, () =>
    getProvider(callable(connection)).write(one.access, one.request, call, new AbortController().signal),
  )
  if (result.state !== 'unsent') {
    progress.touched.add(connection.id)
    progress.sent += 1
  }
  sameProfile(context, session)
  const secret = result.state === 'done' ? result.secret : null
  commit(context, ['remediation'], (act) => {
    if (secret === null) return recordOf(act, row, described, AFTER[result.state], { outcome: result.says })
    return recordOf(act, row, described, 'remediation.deploying', {
      outcome: `${result.says} Retrieve its secret, deploy it, then confirm the deployment.`,
      made: secret.externalId,
      name: secret.name,
    })
  })
  if (secret !== null) holdSecret(session, described.remediationUid, secret)
  return result
}

/** A result whose words, which are recorded and shown, do not repeat the new secret. */
function withoutRepeats(result: WriteResult): WriteResult {
  if (result.state !== 'done' || result.secret === null) return result
  const { says, secret } = result
  const cut = (text: string): string => withoutSecret(text, secret.value, (own) => own)
  return { ...result, says: cut(says), secret: { ...secret, name: cut(secret.name) } }
}

/** The operation by the provider's answer. */
const AFTER = {
  done: 'remediation.done',
  failed: 'remediation.failed',
  unsure: 'remediation.unsure',
  unsent: 'remediation.unsent',
} as const

/** A fault of Castellan while a request may be running makes its result unknown. */
async function attempt(one: Ready, write: () => Promise<WriteResult>): Promise<WriteResult> {
  try {
    return withoutRepeats(await write())
  } catch {
    return { state: 'unsure', says: `Castellan failed while it was sending to ${one.connection.label}.` }
  }
}

/**
 * The numbers of another profile have other meanings: the result of the request is resolved at the next start of this
 * one.
 */
function sameProfile(context: Context, session: Session): void {
  if (context.session() === session) return
  throw new Refusal(
    'CONFLICT',
    'The profile was changed while a list was sent.',
    'Open it again and see the remediation list.',
  )
}

/** Syncs the affected connections. Returns those whose sync began. */
async function readAgain(context: Context, session: Session, touched: ReadonlySet<number>): Promise<number[]> {
  const syncing: number[] = []
  for (const id of touched) {
    sameProfile(context, session)
    const connection = getConnection(getReader(context), id)
    if (connection === null) continue
    try {
      if (context.syncs.start(await readJob(context, connection, undefined)) !== null) syncing.push(id)
    } catch (error) {
      // In a team another device may read it now: what was sent is reported either way, and a later sync shows it.
      if (!(error instanceof Refusal)) throw error
    }
  }
  if (syncing.length > 0) context.events.changed('sync')
  return syncing
}
