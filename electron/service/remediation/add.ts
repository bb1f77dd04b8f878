import type { Outputs } from '../../../shared/contract/contract.ts'
import type {
  RemediationRequest,
  RemediationOrigin,
  RemediationRow,
  RemediationValues,
} from '../../../shared/contract/remediation.ts'
import { canonicalJson } from '../../../shared/domain/canonical-json.ts'
import { isCreation } from '../../../shared/domain/remediation/remediation.ts'
import { sayRemediation } from '../../../shared/domain/remediation/say.ts'
import { getConnection, type StoredConnection } from '../../register/connections/connection.ts'
import { remediationsById, type StoredRemediation } from '../../register/remediation/list.ts'
import type { Reader } from '../../register/db/handles.ts'
import { findLastRequest, type NewRemediation, isSameRequest } from '../../register/remediation/store.ts'
import {
  remediationSubject,
  type RemediationSubject,
  aboutFinding,
  aboutItem,
} from '../../register/remediation/subject.ts'
import { checkAddress } from '../core/credentials.ts'
import { assertWritable, type Context, commit, type Commit, getReader } from '../core/context.ts'
import { invalid, notFound, READ_AGAIN, Refusal } from '../kit/refusal.ts'
import { addToList, moveRemediation } from './journal.ts'
import { isFounded } from '../team/gate.ts'
import { type FrozenCalls, freezeCalls } from './approval.ts'
import { planAround, planFor } from './prepare.ts'
import { isAllowedByOrigin, proposalsFor } from './proposals.ts'
import { existingRemediation, shownRow, shownRows } from './rows.ts'
import { thereAlready, waitsFor, checkSubject, completeValues, toChangeRequest } from './change-request.ts'

const BY_HAND = 'No API can make this change: the preview shows the steps.'

/**
 * Finds an equal change request that was sent before, when a later sync shows that it was not done; null where there is
 * none. Throws `Refusal` CONFLICT where the result of one that was sent is unknown.
 */
function failedBefore(reader: Reader, request: Parameters<typeof findLastRequest>[1]): StoredRemediation['row'] | null {
  const [before] = remediationsById(reader, [findLastRequest(reader, request) ?? 0])
  if (before === undefined || before.sentAt === null || before.row.shown === true) return null
  const { remediationId, state, shown } = before.row
  if (state !== 'unsure' && state !== 'done' && state !== 'deploying') return null
  if (shown === null) {
    throw new Refusal(
      'CONFLICT',
      `It was sent already, as remediation item ${remediationId}, and no sync since shows the result.`,
      'Sync the connection first: a change that is sent twice is made twice.',
    )
  }
  return state === 'unsure' ? before.row : null
}

function settleBefore(act: Commit, request: Parameters<typeof findLastRequest>[1]): void {
  const before = failedBefore(act.writer, request)
  if (before !== null)
    moveRemediation(act, before, 'remediation.failed', { outcome: 'A later sync shows that it was not done.' })
}

/** A change request; `follows` where the caller has established that it follows from its origin. */
export type ListRequest = RemediationRequest & { readonly follows?: true }

/** An item of the list as it would be added, and the connection that it is about. */
export interface NewItem {
  readonly remediation: Omit<NewRemediation, 'at' | 'by'> & { readonly origin: RemediationOrigin }
  readonly connection: StoredConnection
  readonly values: RemediationValues
  readonly says: string
  /** A change that was sent once is not sent again before a sync shows its result. */
  readonly isOnce: boolean
  /** In a team, the requests that it would send; null where they are not known yet. */
  readonly frozen: FrozenCalls | null
}

/**
 * Plans the addition of a change request to the list. Writes nothing. Throws `Refusal` NOT_FOUND; INVALID for a request
 * that lacks something or does not follow from its origin; CONFLICT where nothing would change, or where an equal one
 * was sent and no sync shows the result.
 */
export async function wantedRemediation(
  context: Context,
  { action, subject: { kind, id }, ...given }: ListRequest,
): Promise<NewItem> {
  const { origin } = given
  const reader = getReader(context)
  const subject = remediationSubject(reader, kind, id)
  const connection = subject === null ? null : getConnection(reader, subject.connectionId)
  if (subject === null || connection === null) throw notFound(`The ${kind} ${id}`, READ_AGAIN)
  checkSubject(action, subject)
  if (origin === null) {
    throw invalid(
      'origin',
      'A change comes from a finding, a review decision, a person, a key or a plan.',
      'Name the one that it is about.',
    )
  }
  if (!subject.standing) {
    throw new Refusal('CONFLICT', `${subject.name} was already removed at the provider.`, 'There is nothing to do.')
  }
  const values = completeValues(reader, action, subject, given.values, context.now())
  if (!given.follows) checkOrigin(reader, origin, { action, subject, values }, context.now())
  const there = isCreation(action) ? thereAlready(reader, subject, action, values, context.now()) : null
  if (there !== null) throw new Refusal('CONFLICT', there, 'There is nothing to do.')
  checkAddress(connection)
  const request = toChangeRequest(reader, action, subject, values)
  const says = sayRemediation({ ...values, action, subject: subject.name, project: request.project?.name ?? null })
  const plan =
    planAround(reader, { action, values, now: context.now() }, subject) ?? (await planFor(connection, request, says))
  const end =
    plan.kind === 'call'
      ? ({ state: 'waiting', outcome: null } as const)
      : ({ state: 'by-hand', outcome: BY_HAND } as const)
  const remediation = {
    connectionId: connection.id,
    action,
    subject: { kind, id, name: subject.name },
    values: canonicalJson({ ...values }),
    origin,
    ...end,
  }
  const isOnce = isCreation(action) || given.follows === true
  const failed = isOnce ? failedBefore(reader, remediation) : null
  const known = isSameRequest(reader, remediation)
  if (known !== null && known !== failed?.remediationId) throw new OnTheList(known)
  const isKnown =
    isFounded(context.session()) && plan.kind === 'call' && waitsFor(reader, connection.id, values) === null
  const frozen = isKnown && plan.kind === 'call' ? freezeCalls(plan.call) : null
  return { remediation, connection, values, says, isOnce, frozen }
}

/** It is on the list already. */
export class OnTheList extends Refusal {
  constructor(remediationId: number) {
    super(
      'CONFLICT',
      `This is on the list already, as remediation item ${remediationId}.`,
      'Preview and send that one.',
    )
  }
}

/** Plans the additions of many, each with its refusal where `wantedRemediation` throws. */
export async function wantedRemediations(
  context: Context,
  requests: readonly ListRequest[],
): Promise<(NewItem | Refusal)[]> {
  const wanted: (NewItem | Refusal)[] = []
  for (const request of requests) wanted.push(await wantedRemediation(context, request).catch(getRefusal))
  return wanted
}

/** Throws errors that are not refusals. */
function getRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error
  throw error
}

/**
 * Adds change requests to the list in one transaction, to be sent or done manually. Sends nothing. Returns for each, in
 * their order, its number, or why it was refused. Throws `Refusal` READ_ONLY.
 */
export async function addRemediations(
  context: Context,
  requests: readonly ListRequest[],
): Promise<(number | Refusal)[]> {
  assertWritable(context)
  const wanted = await wantedRemediations(context, requests)
  const refused = wanted.filter((each) => each instanceof Refusal)
  if (refused.length === wanted.length) return refused
  return commit(context, ['remediation'], (act) =>
    wanted.map((each) => {
      if (each instanceof Refusal) return each
      try {
        return insertWanted(act, each)
      } catch (error) {
        return getRefusal(error)
      }
    }),
  )
}

function insertWanted(act: Commit, { remediation, connection, values, says, isOnce, frozen }: NewItem): number {
  if (isOnce) settleBefore(act, remediation)
  const known = isSameRequest(act.writer, remediation)
  if (known !== null) throw new OnTheList(known)
  const { state, outcome } = remediation
  return addToList(act, { ...remediation, connection, values, says }, { state, outcome, ...toBody(frozen) })
}

function toBody(frozen: FrozenCalls | null) {
  return frozen === null ? {} : { calls: frozen.calls, requests: [...frozen.requests] }
}

/** Adds one to the list. Throws the refusals of `addRemediations`. */
export async function addRemediation(context: Context, request: ListRequest): Promise<RemediationRow> {
  const [added] = await addRemediations(context, [request])
  if (typeof added === 'number') return shownRow(context, existingRemediation(context, added).row)
  throw added
}

/** Adds many to the list: `items`, and for each origin the proposal that fits best. Throws `Refusal` READ_ONLY. */
export async function addMany(
  context: Context,
  { origins, items }: { readonly origins: readonly RemediationOrigin[]; readonly items: readonly RemediationRequest[] },
): Promise<Outputs['remediation']['addMany']> {
  let [already, open] = [0, 0]
  const requests = [...items]
  const refused: Refusal[] = []
  for (const origin of origins) {
    try {
      const [fitting] = proposalsFor(getReader(context), origin, context.now())
      if (fitting !== undefined && fitting.remediationId !== null) already += 1
      else if (fitting === undefined || fitting.needs.length > 0) open += 1
      else requests.push({ ...fitting, origin })
    } catch (error) {
      refused.push(getRefusal(error))
    }
  }
  const added: number[] = []
  for (const each of await addRemediations(context, requests)) {
    if (typeof each === 'number') added.push(each)
    else if (each instanceof OnTheList) already += 1
    else refused.push(each)
  }
  return {
    added: shownRows(context, added),
    already,
    open,
    refused: refused.map(({ message, hint }) => ({ message, hint })),
  }
}

/**
 * Refuses a change request that does not follow from its origin: an open finding, an item that a review decided to
 * remove or change, a person, a plan, or a key.
 */
function checkOrigin(
  reader: Reader,
  origin: RemediationOrigin,
  change: Pick<RemediationRequest, 'action' | 'values'> & { readonly subject: RemediationSubject },
  now: number,
): void {
  checkStands(reader, origin)
  if (isAllowedByOrigin(reader, origin, change, now)) return
  throw invalid(
    'origin',
    `${change.action} of ${change.subject.name} does not follow from its origin.`,
    'Choose one of the proposals of the finding, the item, the person, the plan or the key.',
  )
}

function checkStands(reader: Reader, { kind, id }: RemediationOrigin): void {
  if (kind === 'finding' && aboutFinding(reader, id)?.resolved === true) {
    throw new Refusal('CONFLICT', 'The finding is resolved; there is nothing to change.', 'Read the list again.')
  }
  if (kind !== 'review-item') return
  const item = aboutItem(reader, id)
  if (item === null || item.decision === 'remove' || item.decision === 'change') return
  throw new Refusal('CONFLICT', 'The review did not decide to remove or change this.', 'Decide the item first.')
}
