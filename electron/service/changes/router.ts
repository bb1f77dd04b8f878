import { changesContract } from '../../../shared/contract/changes.ts'
import { namedChanges, toRef } from '../../register/changes/changes.ts'
import { changesOfSyncs, timelinePoints } from '../../register/changes/timeline.ts'
import { listConnections } from '../../register/connections/connection.ts'
import type { Register } from '../../register/register.ts'
import { checkScope, getReader, makeRegister } from '../core/context.ts'
import { readWhole } from '../core/slices.ts'
import { implementArea } from '../core/implementer.ts'
import { comparedIn, compareStates, narrowed } from './compare.ts'
import { printChanges } from './document.ts'

const os = implementArea({ changes: changesContract })

/** How many changes each sync brought. The changes of a finished sync never change. */
const counted = new WeakMap<Register, Map<number, number>>()

function getCounts(register: Register): Map<number, number> {
  const known = counted.get(register) ?? new Map<number, number>()
  counted.set(register, known)
  return known
}

function keepCounts(register: Register, counts: ReadonlyMap<number, number>): void {
  const known = getCounts(register)
  for (const [syncId, count] of counts) known.set(syncId, count)
}

function findUncounted<P extends { readonly syncId: number }>(register: Register, points: readonly P[]): P[] {
  const known = getCounts(register)
  return points.filter((point) => !known.has(point.syncId))
}

export const changesRouter = {
  list: os.changes.list.handler(({ context, input }) => {
    const reader = getReader(context)
    const compared = compareStates(context, input)
    const { counts, changes } = narrowed(reader, compared.changes, input)
    return {
      total: changes.length,
      counts,
      compared: comparedIn(compared),
      rows: namedChanges(reader, compared.spans, changes.slice(input.offset, input.offset + input.limit)),
    }
  }),
  markdown: os.changes.markdown.handler(({ context, input }) => ({ text: [...printChanges(context, input)].join('') })),
  timeline: os.changes.timeline.handler(async ({ context, input }) => {
    checkScope(context, input)
    const first = makeRegister(context)
    const fresh = findUncounted(first, timelinePoints(first.reader, input, input.limit))
    const { answer } = await readWhole(context, {
      answer: 'changesOfSyncs',
      query: fresh,
      read: changesOfSyncs,
      isNarrow: fresh.length === 0,
      isKept: false,
    })
    keepCounts(first, answer)
    const register = makeRegister(context)
    const { reader } = register
    const points = timelinePoints(reader, input, input.limit)
    // A sync may have ended meanwhile.
    const later = findUncounted(register, points)
    if (later.length > 0) keepCounts(register, changesOfSyncs(reader, later))
    const known = getCounts(register)
    const connections = new Map(listConnections(reader, input).map((connection) => [connection.id, connection]))
    return points.flatMap(({ syncId, before: last, at, connectionId, state }) => {
      const connection = connections.get(connectionId)
      if (!connection) return []
      const { client } = connection
      const before = last === 0 ? null : last
      return { syncId, before, at, client, connection: toRef(connection), state, changes: known.get(syncId) ?? 0 }
    })
  }),
}
