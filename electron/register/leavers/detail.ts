import type { Moment } from '../../../shared/domain/day.ts'
import type { LeaverDetail, LeaverItem } from '../../../shared/contract/leavers.ts'
import { REMEDIATION_STATES } from '../../../shared/domain/remediation/remediation.ts'
import type { Reader } from '../db/handles.ts'
import type { Scope } from '../db/scope.ts'
import { leaverRows } from './counts.ts'
import type { Leaver } from './leaver.ts'
import { listItems, type PersonItem } from './items.ts'

/** More items of one leaver than a person handles in one list; the counts of the row cover all. */
export const MOST_ITEMS = 1000

/** So many leavers are read together. */
const READ_TOGETHER = 200

/** Leavers with their remaining items, in the order given: no more than a slice of them is read at a time. */
export function* eachLeaverDetail(
  reader: Reader,
  leavers: readonly Leaver[],
  scope: Scope,
  moment: Moment,
): Generator<LeaverDetail> {
  const listed = listedRemediations(reader)
  for (let at = 0; at < leavers.length; at += READ_TOGETHER) {
    const some = leavers.slice(at, at + READ_TOGETHER)
    const items = Map.groupBy(listItems(reader, some, scope, moment), (item) => item.personId)
    for (const row of leaverRows(reader, some, scope, moment)) {
      const own = items.get(row.personId) ?? []
      yield {
        row,
        items: own.slice(0, MOST_ITEMS).map(({ item }) => withListed(item, listed)),
        more: Math.max(0, own.length - MOST_ITEMS),
      }
    }
  }
}

/** The same together, for a few. */
export function leaverDetails(
  reader: Reader,
  leavers: readonly Leaver[],
  scope: Scope,
  moment: Moment,
): LeaverDetail[] {
  return [...eachLeaverDetail(reader, leavers, scope, moment)]
}

type ItemRemediation = NonNullable<LeaverItem['listed']>

interface Remediation extends Pick<ItemRemediation, 'state'> {
  readonly remediationId: number
  readonly action: string
  readonly kind: string
  readonly id: number
  readonly projectId: number | null
}

const OPEN = REMEDIATION_STATES.filter((state) => !['done', 'failed', 'withdrawn'].includes(state))
  .map((state) => `'${state}'`)
  .join(', ')

/** Remediation items that are waiting or running, by action and subject. */
function listedRemediations(reader: Reader): ReadonlyMap<string, ItemRemediation> {
  return new Map(
    reader
      .all<Remediation>(
        `SELECT id AS remediationId, state, action, subject_kind AS kind, subject_id AS id, "values" ->> 'projectId' AS projectId
         FROM remediation WHERE state IN (${OPEN})`,
      )
      .map(({ remediationId, state, ...row }) => [
        toChangeRequest(row.action, row, row.projectId),
        { remediationId, state },
      ]),
  )
}

function withListed(item: PersonItem['item'], listed: ReadonlyMap<string, ItemRemediation>): LeaverItem {
  const { remediation } = item
  if (remediation === null) return { ...item, listed: null }
  const request = toChangeRequest(remediation.action, remediation.subject, remediation.values.projectId ?? null)
  return { ...item, listed: listed.get(request) ?? null }
}

function toChangeRequest(
  action: string,
  subject: { readonly kind: string; readonly id: number },
  project: number | null,
): string {
  return `${action} ${subject.kind} ${subject.id} ${project ?? ''}`
}
