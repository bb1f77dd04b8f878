import { canonicalJson, type Json } from '../domain/canonical-json.ts'
import {
  type Approval,
  findApprovalVoid,
  findSendingVoid,
  type AddedChange,
  type RemediationVoid,
} from '../domain/remediation/approval.ts'
import { isOpen } from '../domain/remediation/states.ts'
import { type DescribedRemediation, moveState, type RemediationOperation } from './remediation.ts'

/** Who decided an operation, by uid, and when by their clock. `needsApproval`: whether changes of the client need one at its place. */
export interface PlacedChange {
  readonly member: string
  readonly at: number
  readonly needsApproval: boolean
}

interface Item extends AddedChange {
  readonly request: string
  state: AddedChange['state']
  readonly approvals: Approval[]
}

export interface RemediationFold {
  /** Takes the next operation of a client in the order that counts. Returns why it has no effect; null where it has one. */
  fold(operation: RemediationOperation, placed: PlacedChange): RemediationVoid | null
}

/**
 * The changes of one client that follow from operations. Only approvals and sendings can be without effect; any other operation that
 * does not fit the state of its change leaves it as it is.
 */
export function createRemediationFold(): RemediationFold {
  /** By uid. Of two that were added for one change, the second uid names the first item. */
  const items = new Map<string, Item>()
  /** The open items by their request. */
  const open = new Map<string, Item>()
  const setState = (item: Item, state: Item['state']): void => {
    item.state = state
    if (isOpen(state)) open.set(item.request, item)
    else if (open.get(item.request) === item) open.delete(item.request)
  }
  return {
    fold: ({ kind, body }, { member, at, needsApproval }) => {
      const item = items.get(body.remediationUid)
      if (kind === 'remediation.added') {
        if (item !== undefined) return null
        const request = nameRequest(body)
        const { state, calls = null } = body
        const added = open.get(request) ?? { request, state, adder: member, calls, approvals: [] }
        items.set(body.remediationUid, added)
        setState(added, added.state)
        return null
      }
      if (kind === 'remediation.approved') {
        const reason = findApprovalVoid(item ?? null, { member, calls: body.calls })
        if (reason === null) item?.approvals.push({ calls: body.calls, at })
        return reason
      }
      if (kind === 'remediation.sending' && needsApproval) {
        const reason = findSendingVoid(item ?? null, { calls: body.calls ?? null, at })
        if (reason !== null) return reason
      }
      if (item === undefined) return null
      if (kind === 'remediation.done-by-hand-undone') {
        const other = open.get(item.request)
        if (item.state === 'done' && (other === undefined || other === item)) setState(item, body.state)
        return null
      }
      const state = moveState(item.state, kind)
      if (state !== null) setState(item, state)
      return null
    },
  }
}

/** The change of a request, named for every register: of one, only one item is open at a time. */
export function nameRequest({ connectionUid, action, subject, values }: DescribedRemediation): string {
  const { projectId: _, projectNamed, ...others } = values
  return canonicalJson([
    connectionUid,
    action,
    subject.kind,
    subject.named?.externalId ?? null,
    { ...others, ...(projectNamed === undefined ? {} : { project_x: projectNamed.externalId }) },
  ] as Json)
}
