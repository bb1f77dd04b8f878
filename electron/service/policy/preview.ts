import type { Outputs } from '../../../shared/contract/contract.ts'
import type { ClientRef } from '../../../shared/contract/common.ts'
import { parseRule } from '../../register/findings/rules.ts'
import { tryPolicy, type TriedPolicy } from '../../register/findings/try-policy.ts'
import { assertWritable, type Context, makeMoment, makeRegister } from '../core/context.ts'

interface PolicyConnection extends ClientRef {
  readonly connectionId: number
}

/** The connections of the clients that a policy concerns; that of the agency (0) concerns all. */
const REACHED = `SELECT cn.id AS connectionId, c.slug, c.name, c.colour FROM connection cn JOIN client c ON c.id = cn.client_id
  WHERE cn.removed_at IS NULL AND c.archived_at IS NULL AND (:owner = 0 OR c.id = :owner)
  ORDER BY c.name COLLATE NOCASE, c.id, cn.id`

/** How many findings of something there would be more, and how many fewer. */
interface Tally {
  more: number
  fewer: number
}

function tallyOf<Key>(tallies: Map<Key, Tally>, key: Key): Tally {
  const tally = tallies.get(key) ?? { more: 0, fewer: 0 }
  tallies.set(key, tally)
  return tally
}

/**
 * Previews the findings under another policy, without writing it: each connection is evaluated in a transaction that is
 * rolled back, and between two of them other work is done, or the signal ends this.
 */
export async function previewPolicy(
  context: Context,
  policy: TriedPolicy,
  signal: AbortSignal | undefined,
): Promise<Outputs['policy']['preview']> {
  assertWritable(context)
  const register = makeRegister(context)
  const at = makeMoment(context)
  const clients = new Map<string, Tally>()
  const rules = new Map<string, Tally>()
  const reached = register.reader.all<PolicyConnection>(REACHED, { owner: policy.owner })
  for (const { connectionId, slug } of reached) {
    signal?.throwIfAborted()
    const difference = register.rehearse((writer) => tryPolicy(writer, connectionId, policy, at))
    for (const side of ['more', 'fewer'] as const) {
      tallyOf(clients, slug)[side] += difference[side].length
      for (const rule of difference[side]) tallyOf(rules, rule)[side] += 1
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
  const refs = new Map(reached.map(({ slug, name, colour }) => [slug, { slug, name, colour }]))
  const sum = (side: keyof Tally): number => [...clients.values()].reduce((total, tally) => total + tally[side], 0)
  return {
    more: sum('more'),
    fewer: sum('fewer'),
    clients: [...clients].flatMap(([slug, tally]) => {
      const client = refs.get(slug)
      return client === undefined || tally.more + tally.fewer === 0 ? [] : [{ client, ...tally }]
    }),
    rules: [...rules].map(([rule, tally]) => ({ rule, title: parseRule(rule)?.title ?? rule, ...tally })),
  }
}
