import type { SubjectKind, Enforcement } from '../facts.ts'
import type { Level } from '../role.ts'

/**
 * `missing`: planned, but does not exist. `extra`: exists, but is not planned. `renamed`: the same shape under another
 * name, which a person has to confirm. `role`: another role than planned. `place`: a person in a project that the plan
 * does not give. `key`: no purpose of the plan explains it. `limit`: another amount than planned.
 */
export const DRIFT_KINDS = ['missing', 'extra', 'renamed', 'role', 'place', 'key', 'limit'] as const
export type DriftKind = (typeof DRIFT_KINDS)[number]

export const DRIFT_PARTS = ['organization', 'project', 'key', 'person', 'member', 'limit'] as const
export type DriftPart = (typeof DRIFT_PARTS)[number]

/** The change that the provider would need, as data; null if the plan alone does not determine it. */
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
      /** Null for the organization's own. */
      readonly project: string | null
      readonly enforcement: Enforcement
      /** Micro-USD per month. */
      readonly amount: number
    }

/** One difference between reality and the plan. */
export interface Difference {
  /** Identifies it within one comparison, the same at every comparison. */
  readonly key: string
  readonly kind: DriftKind
  readonly part: DriftPart
  /** As the plan calls it; else the label of the connection. */
  readonly organization: string
  readonly connectionId: number | null
  /** As the plan calls it, else as it is called in reality. */
  readonly project: string | null
  readonly name: string
  /** In words; null if nothing is planned, or nothing exists. */
  readonly planned: string | null
  readonly actual: string | null
  readonly says: string
  /** The thing in the register. */
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
