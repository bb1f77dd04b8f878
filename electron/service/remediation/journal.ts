import type { BodyOf } from '../../../shared/decisions/operations.ts'
import type { DescribedRemediation, RemediationKind } from '../../../shared/decisions/remediation.ts'
import { createUidFor } from '../../register/clients/client.ts'
import type { Reader } from '../../register/db/handles.ts'
import { nameByKind, nameRow } from '../../register/db/stable-names.ts'
import { nameOrigin } from '../../register/remediation/named-rows.ts'
import type { Numbers } from '../../register/rows/settle.ts'
import type { StoredRemediation } from '../../register/remediation/list.ts'
import type { Commit } from '../core/context.ts'
import { carryOut, type NewDecision, readUid } from '../core/operations.ts'

type Row = StoredRemediation['row']

/** The facts that identify an item of the list to a reader of the audit log. */
type RemediationIdentity = Pick<Row, 'action' | 'subject' | 'values' | 'origin' | 'says'> & {
  readonly connection: Pick<Row['connection'], 'id' | 'label'>
}

/** An item by what is the same in every register, beside its numbers in this one. */
function describe(
  reader: Reader,
  item: RemediationIdentity,
  of: { readonly remediationUid: string; readonly remediation?: number | undefined },
): DescribedRemediation {
  const { action, connection, subject, values, origin, says } = item
  const projectNamed = values.projectId === undefined ? null : nameRow(reader, 'project', values.projectId)
  return {
    ...of,
    action,
    says,
    connection: connection.label,
    connectionUid: readUid(reader, 'connection', connection.id),
    subject: { kind: subject.kind, id: subject.id, ...nameByKind(reader, subject.kind, subject.id) },
    values: { ...values, ...(projectNamed === null ? {} : { projectNamed }) },
    origin: origin === null ? null : { ...origin, ...nameOrigin(reader, connection.id, origin) },
  } as DescribedRemediation
}

export function describeRow(reader: Reader, row: Row): DescribedRemediation {
  const { remediationId: remediation } = row
  return describe(reader, row, { remediation, remediationUid: readUid(reader, 'remediation', remediation) })
}

/** Adds an item to the list. Returns its number. */
export function addToList(
  act: Commit,
  item: RemediationIdentity & { readonly connection: { readonly client: { readonly slug: string } } },
  { uid, ...beside }: Beside<'remediation.added'> & { readonly uid?: string },
): number {
  const { client } = item.connection
  const remediationUid = uid ?? createUidFor(act.writer, client.slug, act.at)
  const body = { v: 1 as const, ...describe(act.writer, item, { remediationUid }), ...beside }
  const decided = { kind: 'remediation.added' as const, client: client.slug, subject: item.subject.name, body }
  const [numbers = {}] = carryOut(act, [decided])
  const { remediation } = numbers
  // An open item for the same change would have taken the uid as another name of its own.
  if (remediation === undefined || readUid(act.writer, 'remediation', remediation) !== remediationUid)
    throw new Error(`${item.says} It was not added.`)
  return remediation
}

/** The part of an operation of a kind beside the item. */
export type Beside<K extends RemediationKind> = Omit<BodyOf<K>, keyof DescribedRemediation | 'v'>

/**
 * Carries out an operation on an item that is in the given state, and records it. Throws where the state does not allow it, which is a
 * defect of the caller.
 */
export function moveRemediation<K extends Exclude<RemediationKind, 'remediation.added'>>(
  act: Commit,
  row: Row,
  kind: K,
  beside: Beside<K>,
): void {
  const numbers = recordMove(act, row, kind, beside)
  if (numbers['remediation'] !== row.remediationId)
    throw new Error(`${kind} of a remediation item that is ${row.state}.`)
}

function recordMove<K extends Exclude<RemediationKind, 'remediation.added'>>(
  act: Commit,
  row: Row,
  kind: K,
  beside: Beside<K>,
): Numbers {
  return recordOf(act, row, describeRow(act.writer, row), kind, beside)
}

/**
 * Records the outcome of a request that was sent, of an item as it was described before: of two members who added one
 * change, the other one's item may have taken its place since. It is recorded whatever another member of a team decided
 * meanwhile, which may leave it without effect on the item.
 */
export function recordOf<K extends Exclude<RemediationKind, 'remediation.added'>>(
  act: Commit,
  row: Row,
  described: DescribedRemediation,
  kind: K,
  beside: Beside<K>,
): Numbers {
  const body = { v: 1, ...described, ...beside }
  const decided = { kind, client: row.client.slug, subject: row.subject.name, body } as NewDecision
  return carryOut(act, [decided])[0] ?? {}
}

/** Appends to the journal that a secret was taken, from which no table follows. */
export function noteTakenSecret({ note }: Commit, row: Row): void {
  const { remediationId: remediation, action, says, connection, subject, values, origin } = row
  note({
    action: 'remediation.secret-taken',
    client: row.client.slug,
    subject: subject.name,
    body: {
      remediation,
      action,
      says,
      connection: connection.label,
      subject: { kind: subject.kind, id: subject.id },
      values: { ...values },
      origin: origin === null ? null : { ...origin },
    },
  })
}
