import type { ChangeKind } from '../../../shared/contract/changes.ts'
import type { Level } from '../../../shared/domain/role.ts'

/** A change by ids, before names are looked up. */
export interface RawChange {
  readonly kind: ChangeKind
  readonly connectionId: number
  /** The last sync of the span that touched it. */
  readonly syncId: number
  readonly subject: {
    readonly kind: 'principal' | 'key' | 'project' | 'limit'
    readonly id: number
    readonly name?: string
  }
  readonly projectId: number | null
  readonly before: string | null
  readonly after: string | null
  readonly levelBefore: Level | null
  readonly levelAfter: Level | null
}
