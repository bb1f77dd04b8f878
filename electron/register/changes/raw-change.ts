import type { ChangeKind, Change } from '../../../shared/contract/changes.ts'
import type { Level } from '../../../shared/domain/role.ts'

/** A change by ids, before names are looked up. */
export interface RawChange {
  readonly kind: ChangeKind
  readonly connectionId: number
  /** The last sync of the span that touched it. */
  readonly syncId: number
  readonly subject: {
    readonly kind: Change['subject']['kind']
    readonly id: number
    readonly name?: string
  }
  /** The group that was joined or left. */
  readonly groupId?: number
  readonly projectId: number | null
  readonly before: string | null
  readonly after: string | null
  readonly levelBefore: Level | null
  readonly levelAfter: Level | null
}

/** The columns that every statement of changes selects. */
export interface ChangeColumns {
  readonly connection_id: number
  readonly sync_id: number
  readonly id: number
}

export interface Words {
  readonly before?: string | null
  readonly after?: string | null
  readonly projectId?: number | null
}

/** A change that is not about levels. */
export function getChange(
  row: ChangeColumns,
  kind: ChangeKind,
  subject: RawChange['subject']['kind'],
  { before = null, after = null, projectId = null }: Words = {},
): RawChange {
  return {
    kind,
    connectionId: row.connection_id,
    syncId: row.sync_id,
    subject: { kind: subject, id: row.id },
    projectId,
    before,
    after,
    levelBefore: null,
    levelAfter: null,
  }
}

/** A fact at the two ends of a span: whether it differs, and its text. */
export type FactEnds = readonly [differs: boolean, before: string, after: string]

/** The facts that differ, in words; null when none does. */
export function differences(facts: readonly FactEnds[]): Words | null {
  const reported = facts.filter(([differs]) => differs)
  if (reported.length === 0) return null
  return {
    before: reported.map(([, before]) => before).join(', '),
    after: reported.map(([, , after]) => after).join(', '),
  }
}

/** A fact whose value is its text. */
export function text(before: string | null, after: string | null): FactEnds {
  return [before !== after, before ?? '', after ?? '']
}
