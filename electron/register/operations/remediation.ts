import { canonicalJson } from '../../../shared/domain/canonical-json.ts'
import { DEPLOYED } from '../../../shared/domain/remediation/deployment.ts'
import { isEnded, isUnsent } from '../../../shared/domain/remediation/states.ts'
import {
  type DescribedRemediation,
  type MovingKind,
  moveState,
  type OriginName,
  type REMEDIATION_OPERATIONS,
} from '../../../shared/decisions/remediation.ts'
import type { Writer } from '../db/handles.ts'
import { findOrigin, findSubject } from '../remediation/named-rows.ts'
import {
  addAlias,
  addApproval,
  findByUid,
  insertRemediation,
  isOpenElsewhere,
  isSameRequest,
  type RemediationEnd,
  setSending,
  setState,
} from '../remediation/store.ts'
import { type Appliers, type Effect, NO_NUMBERS } from './applier.ts'

interface Moving {
  readonly kind: MovingKind
  readonly at: number
  readonly body: DescribedRemediation
}

/** Moves the item of an operation; one that this register does not have, or whose state does not allow it, stays as it is. */
function move(
  writer: Writer,
  { kind, at, body }: Moving,
  { outcome, made = null }: Pick<RemediationEnd, 'outcome' | 'made'>,
): Effect {
  const item = findByUid(writer, body.remedyUid)
  const state = item === null ? null : moveState(item.state, kind)
  if (item === null || state === null) return NO_NUMBERS
  if (state === 'sending') setSending(writer, item.id, at)
  else setState(writer, item.id, { state, outcome, endedAt: isEnded(state) || state === 'unsure' ? at : null, made })
  return { remedy: item.id }
}

/** The values as the table has them; null where they name a project that this register has not read. */
function toValues(writer: Writer, connectionId: number, values: DescribedRemediation['values']): string | null {
  const { projectNamed, ...others } = { ...values, projectId: undefined }
  if (projectNamed === undefined) return canonicalJson(others)
  const projectId = findSubject(writer, connectionId, { kind: 'project', named: projectNamed })
  return projectId === undefined ? null : canonicalJson({ ...others, projectId })
}

/** A row's name of its origin, without the number that only the author's register has. */
function toOriginName({ kind, uid, named }: OriginName): string {
  return canonicalJson({ kind, uid, named })
}

export const remediationAppliers: Appliers<keyof typeof REMEDIATION_OPERATIONS> = {
  // Of two that members of a team add for one change, the first is on the list, and the uid of the other names it too.
  'remedy.added': (writer, { at, operator: by, subject: name, body }) => {
    const { remedyUid: uid, connectionUid, action, subject, origin, state, outcome } = body
    const connectionId = writer.value<number>('SELECT id FROM connection WHERE uid = ?', [connectionUid])
    if (findByUid(writer, uid) !== null || connectionId === undefined) return NO_NUMBERS
    const subjectId = findSubject(writer, connectionId, subject)
    const values = toValues(writer, connectionId, body.values)
    if (subjectId === undefined || values === null) return NO_NUMBERS
    const request = { connectionId, action, subject: { kind: subject.kind, id: subjectId, name }, values }
    const open = isSameRequest(writer, request)
    if (open !== null) {
      addAlias(writer, open, uid)
      return NO_NUMBERS
    }
    const from = origin === null ? null : { origin: findOrigin(writer, origin), named: toOriginName(origin) }
    const { calls, requests } = body
    const frozen = { calls, requests: requests === undefined ? undefined : canonicalJson(requests) }
    const added = {
      ...request,
      ...frozen,
      uid,
      state,
      outcome,
      at,
      by,
      origin: from?.origin ?? null,
      named: from?.named,
    }
    return { remedy: insertRemediation(writer, added) }
  },
  'remedy.approved': (writer, { at, operator: by, body }) => {
    const item = findByUid(writer, body.remedyUid)
    if (item === null || !isUnsent(item.state)) return NO_NUMBERS
    addApproval(writer, item.id, { by, at, calls: body.calls })
    return { remedy: item.id }
  },
  'remedy.sending': (writer, operation) => move(writer, operation, { outcome: null }),
  'remedy.unsent': (writer, operation) => move(writer, operation, operation.body),
  'remedy.done': (writer, operation) => move(writer, operation, operation.body),
  'remedy.failed': (writer, operation) => move(writer, operation, operation.body),
  'remedy.unsure': (writer, operation) => move(writer, operation, operation.body),
  'remedy.deploying': (writer, operation) => move(writer, operation, operation.body),
  'remedy.deployed': (writer, operation) => move(writer, operation, { outcome: DEPLOYED }),
  'remedy.done-by-hand': (writer, operation) => move(writer, operation, operation.body),
  'remedy.done-by-hand-undone': (writer, { body }) => {
    const item = findByUid(writer, body.remedyUid)
    if (item === null || item.state !== 'done' || isOpenElsewhere(writer, item.id)) return NO_NUMBERS
    setState(writer, item.id, body)
    return { remedy: item.id }
  },
  'remedy.withdrawn': (writer, operation) => move(writer, operation, operation.body),
}
