import type { SubjectKind, Enforcement } from '../facts.ts'
import type { Level } from '../role.ts'

/**
 * `missing`: planned and not there. `extra`: there and not planned. `renamed`: the same by its shape under another name,
 * which a person has to say. `role`: another role than planned. `place`: a person in a project that the plan does not give.
 * `key`: no purpose of the plan explains it. `limit`: another amount than planned.
 */
export const DRIFT_KINDS = ['missing', 'extra', 'renamed', 'role', 'place', 'key', 'limit'] as const
export type DriftKind = (typeof DRIFT_KINDS)[number]

export const DRIFT_PARTS = ['organization', 'project', 'key', 'person', 'member', 'limit'] as const
export type DriftPart = (typeof DRIFT_PARTS)[number]

/** What would have to be changed at the provider, as data; null where the plan alone does not say it. */
export type Change =
  | { readonly kind: 'project'; readonly name: string }
  | { readonly kind: 'rename-project'; readonly projectId: number; readonly name: string }
  | {
      readonly kind: 'person'
      readonly email: string
      readonly level: Level
      readonly projects: readonly { readonly name: string; readonly level: Level }[]
    }
  | { readonly kind: 'role'; readonly principalId: number; readonly level: Level }
  | { readonly kind: 'member'; readonly principalId: number; readonly project: string; readonly level: Level }
  | { readonly kind: 'member-role'; readonly principalId: number; readonly projectId: number; readonly level: Level }
  | { readonly kind: 'leave-project'; readonly principalId: number; readonly projectId: number }
  | { readonly kind: 'leave'; readonly principalId: number; readonly isInvite: boolean }
  | { readonly kind: 'key'; readonly name: string; readonly project: string; readonly accountId: number | null }
  | {
      readonly kind: 'limit'
      /** Null for that of the organization. */
      readonly project: string | null
      readonly enforcement: Enforcement
      /** Micro-USD of a month. */
      readonly amount: number
    }

/** One thing in which reality is not as planned. */
export interface Difference {
  /** Names it within one comparison, the same whenever it is made. */
  readonly key: string
  readonly kind: DriftKind
  readonly part: DriftPart
  /** As the plan calls it; the label of the connection where the plan does not. */
  readonly organization: string
  readonly connectionId: number | null
  /** As the plan calls it, or as it is called where the plan does not. */
  readonly project: string | null
  readonly name: string
  /** In words; null where nothing is planned, or nothing is there. */
  readonly planned: string | null
  readonly actual: string | null
  readonly says: string
  /** Of what is there, in the register. */
  readonly subject: { readonly kind: SubjectKind; readonly id: number } | null
  readonly change: Change | null
}

/** Gives a difference its key. */
export function difference(of: Omit<Difference, 'key'>): Difference {
  const { kind, part, organization, project, name, subject } = of
  const id = subject === null ? '' : `${subject.kind} ${subject.id}`
  return { ...of, key: JSON.stringify([kind, part, organization, project ?? '', name, id, computeAmount(of.change)]) }
}

/** A project can lack several alerts: they differ by their amount. */
function computeAmount(change: Change | null): number {
  return change?.kind === 'limit' ? change.amount : 0
}
