import { daysBetween, toLocalDay } from '../../../shared/domain/day.ts'
import type { Matter } from '../../../shared/domain/today/matter.ts'
import { riskPoints } from '../../../shared/domain/today/rank.ts'
import type { Scope } from '../../register/db/scope.ts'
import { type Leaver, listLeavers } from '../../register/leavers/leaver.ts'
import type { LeaverSubjects } from '../../register/today/findings.ts'
import { type LeaverHolding, heldByLeavers } from '../../register/today/leavers.ts'
import { type Context, getReader, makeMoment } from '../core/context.ts'

export interface Leaving {
  readonly matters: readonly Matter[]
  /** The accounts and keys of these matters, which are in no other row. */
  readonly subjects: LeaverSubjects
}

/** People who left and still have access, at each client; those whose risk a person accepted are left out. */
export function leaverMatters(context: Context, scope: Scope): Leaving {
  const reader = getReader(context)
  const moment = makeMoment(context)
  const leavers = listLeavers(reader, scope, moment)
  const held = leavers.length === 0 ? [] : heldByLeavers(reader, leavers, scope, moment)
  const accepted = new Set(held.filter((one) => one.accepted).map(toPlace))
  const listed = held.filter((one) => !accepted.has(toPlace(one)))
  const open = Map.groupBy(listed, ({ personId }) => personId)
  const matters = leavers.flatMap((leaver) =>
    [...Map.groupBy(open.get(leaver.personId) ?? [], ({ client }) => client.slug).values()].map((own) =>
      toMatter(leaver, own, moment.today),
    ),
  )
  const ids = (isKey: boolean): number[] => listed.filter(({ kind }) => (kind === 'key') === isKey).map(({ id }) => id)
  return { matters, subjects: { principals: ids(false), keys: ids(true) } }
}

/** An acceptance covers one organization. */
function toPlace({ personId, connectionId }: LeaverHolding): string {
  return `${personId} ${connectionId}`
}

function toMatter(
  { personId, name, departedAt, departedOn }: Leaver,
  own: readonly LeaverHolding[],
  today: string,
): Matter {
  const of = (kind: LeaverHolding['kind']): number => own.filter((one) => one.kind === kind).length
  const used = Math.max(0, ...own.map(({ usedAt }) => usedAt ?? 0))
  const isUsed = used > departedAt
  const [accounts, keys, invites] = [of('account'), of('key'), of('invite')]
  const risk = accounts + keys > 0 ? 'critical' : 'high'
  const [first] = own
  return {
    key: `leaver-${personId}`,
    client: first?.client ?? { slug: '', name: '', colour: '' },
    risk,
    reach: own.length,
    age: Math.max(0, daysBetween(departedOn, today)),
    by: today,
    facts: { risk: riskPoints(risk), numbers: { accounts, keys, invites, usedAt: isUsed ? used : 0 }, words: {} },
    subject: {
      kind: 'leaver',
      personId,
      name,
      leftOn: departedOn,
      privileged: own.some(({ privileged }) => privileged),
      accounts,
      keys,
      invites,
      usedOn: isUsed ? toLocalDay(used) : null,
    },
  }
}
