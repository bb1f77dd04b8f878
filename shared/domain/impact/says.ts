import { counted } from '../counted.ts'
import { isProduction } from '../naming.ts'
import { moneyText } from '../text/amounts.ts'
import type { ImpactEffect } from '../providers/facts.ts'

export const IMPACT_KINDS = ['key', 'access', 'invite', 'member', 'workload', 'deposit', 'caller'] as const
export type ImpactKind = (typeof IMPACT_KINDS)[number]

/** The fields of a row that a sentence about the impact needs. */
export interface Consequence {
  readonly kind: ImpactKind
  readonly effect: ImpactEffect
  readonly environment: string | null
  readonly usedSince: boolean
  readonly connectionId: number
  /** Of a key, in the last 30 days; null where nothing is recorded. */
  readonly cost30Micros: number | null
}

/** A connection in which no other owner or admin is known, and whether all of its users were read. */
export interface AdminGap {
  readonly label: string
  readonly isRead: boolean
}

/**
 * The impact in a few sentences, most pressing first. `unadministered`: connections in which no other owner or admin is known.
 * `notes` are added unchanged, before the cost.
 */
export function impactSays(
  rows: readonly Consequence[],
  notes: readonly string[],
  unadministered: readonly AdminGap[] = [],
): string[] {
  const keys = rows.filter((row) => row.kind === 'key')
  const dying = keys.filter((row) => row.effect === 'dies')
  const production = dying.filter((row) => isProduction(row.environment)).length
  const used = dying.filter((row) => row.usedSince).length
  const staying = keys.filter((row) => row.effect === 'stays').length
  const open = keys.filter((row) => row.effect === 'unknown').length
  return [
    ...(dying.length === 0
      ? []
      : [
          `${counted(dying.length, 'key stops working', 'keys stop working')}${ofThem(production, dying.length, 'for production')}${ofThem(used, dying.length, 'used in the last 30 days')}.`,
        ]),
    ...unadministered.map(({ label, isRead }) =>
      isRead
        ? `No one else is owner or admin of ${label}.`
        : `It is unknown whether anyone else is owner or admin of ${label}: not all of its users were read.`,
    ),
    ...(open === 0
      ? []
      : [`The provider does not document what happens to ${counted(open, 'key', 'keys')}: delete manually.`]),
    ...(staying === 0
      ? []
      : [
          `${counted(staying, 'key continues', 'keys continue')} to work without an owner: rotate or delete ${staying === 1 ? 'it' : 'them'}.`,
        ]),
    ...accessSays(rows),
    ...(keys.length === 0 ? ['No key is affected.'] : []),
    ...notes,
    ...costSays(keys),
  ]
}

/** The spend of the keys, and for how many it is not known. */
function costSays(keys: readonly Consequence[]): string[] {
  if (keys.length === 0) return []
  const known = keys.flatMap(({ cost30Micros }) => cost30Micros ?? [])
  if (known.length === 0) return ['What the keys spend is not recorded.']
  const silent = keys.length - known.length
  const spent = `The keys spent ${moneyText(known.reduce((sum, micros) => sum + micros, 0))} in the last 30 days`
  return [silent === 0 ? `${spent}.` : `${spent}; for ${counted(silent, 'key', 'keys')} nothing is recorded.`]
}

function accessSays(rows: readonly Consequence[]): string[] {
  const of = (kind: Consequence['kind']): readonly Consequence[] => rows.filter((row) => row.kind === kind)
  const access = of('access')
  const connections = new Set(access.map((row) => row.connectionId)).size
  const members = of('member').length
  const invites = of('invite').length
  const workloads = of('workload').length
  const deposits = of('deposit').length
  const callers = of('caller').length
  return [
    ...(access.length === 0
      ? []
      : [
          `${counted(access.length, 'role ends', 'roles end')} in ${counted(connections, 'connection', 'connections')}.`,
        ]),
    ...(members === 0 ? [] : [`${counted(members, 'member loses', 'members lose')} the project.`]),
    ...(invites === 0 ? [] : [`${counted(invites, 'invite lapses', 'invites lapse')}.`]),
    ...(workloads === 0
      ? []
      : [
          `${counted(workloads, 'federation path ends', 'federation paths end')}: workloads that act without a key stop.`,
        ]),
    ...(deposits === 0
      ? []
      : [`It is probably deposited at a gateway, as ${counted(deposits, 'key', 'keys')}: replace it there first.`]),
    ...(callers === 0
      ? []
      : [
          `${counted(callers, 'key of a gateway calls', 'keys of gateways call')} or can call with it: such calls stop, or are made with another credential.`,
        ]),
  ]
}

/** How many of all a phrase applies to: empty for none, the bare phrase for one of one. */
function ofThem(count: number, all: number, what: string): string {
  if (count === 0) return ''
  if (all === 1) return `, ${what}`
  return count === all ? `, all ${what}` : `, ${count} of them ${what}`
}
