import { entriesAfter, entriesBefore, type Entry } from '../../register/read/journal.ts'
import type { Reader } from '../../register/db/handles.ts'
import { Refusal } from '../kit/refusal.ts'

/** Actions about one aspect of the same things: the later one of a thing replaces the earlier. */
interface Aspect {
  readonly actions: readonly string[]
  /** The members of the body that name the thing, beside the client. */
  readonly of: readonly string[]
  /** Each action sets only the fields that it has. */
  readonly isByField?: true
  /** After these the audit log does not record what a thing was. */
  readonly blurs?: readonly string[]
}

const IMPORTS = ['file.imported', 'sample.loaded'] as const

const ASPECTS: readonly Aspect[] = [
  { actions: ['client.archived', 'client.restored'], of: [] },
  { actions: ['client.changed', 'client.added'], of: [], isByField: true, blurs: ['sample.loaded'] },
  {
    actions: ['connection.changed', 'connection.added'],
    of: ['connectionUid'],
    isByField: true,
    blurs: ['sample.loaded'],
  },
  { actions: ['policy.changed'], of: [], blurs: ['sample.loaded'] },
  { actions: ['report.set'], of: [], isByField: true, blurs: ['sample.loaded'] },
  { actions: ['view.saved', 'view.removed', 'view.renamed'], of: ['viewUid'] },
  { actions: ['finding.accepted', 'finding.reopened'], of: ['findingNamed', 'firstSeenAt'] },
  { actions: ['today.snoozed', 'today.dismissed', 'today.restored'], of: ['entry'] },
  { actions: ['today.noted'], of: ['entry'], isByField: true },
  { actions: ['key.described'], of: ['connectionUid', 'firstKey'], isByField: true, blurs: IMPORTS },
  { actions: ['key.snoozed'], of: ['connectionUid', 'key'], blurs: ['sample.loaded'] },
  { actions: ['key.rotated', 'key.rotation-undone'], of: ['rotationUid'] },
  {
    actions: ['access.reviewed'],
    of: ['principalNamed'],
    blurs: ['access.reviews-imported', 'review.signed', ...IMPORTS],
  },
  { actions: ['person.merged', 'person.split'], of: ['mergeUid'] },
  { actions: ['person.match-rejected', 'person.match-reopened'], of: ['personNamed', 'otherNamed'] },
  { actions: ['person.leaving', 'person.leaving-undone'], of: ['person'] },
  { actions: ['plan.created', 'plan.removed', 'plan.brought back'], of: ['planUid'] },
  { actions: ['plan.saved', 'plan.restored'], of: ['planUid'] },
  { actions: ['plan.renamed'], of: ['planUid'] },
  { actions: ['plan.put in force', 'plan.taken out of force'], of: [] },
  { actions: ['plan.bound'], of: ['planUid', 'organization'] },
  { actions: ['remedy.added', 'remedy.withdrawn', 'remedy.sending', 'remedy.done-by-hand'], of: ['remedyUid'] },
  { actions: ['remedy.done-by-hand', 'remedy.done-by-hand-undone'], of: ['remedyUid'] },
  { actions: ['review.decided', 'review.undone'], of: ['batchUid'] },
  { actions: ['budget.set', 'budget.cleared'], of: ['connectionUid', 'project'] },
  { actions: ['price.set', 'price.cleared'], of: ['model', 'from'] },
  { actions: ['usage.folder-added', 'usage.folder-removed'], of: ['path'] },
  { actions: ['usage.imported', 'usage.import-undone'], of: ['import'] },
]

/** The body of an entry. */
export type Body = Readonly<Record<string, unknown>>

export function parseBody({ body }: Pick<Entry, 'body'>): Body {
  return JSON.parse(body) as Body
}

/** The last aspect of an action: one that ends several is about the one that it ends itself. */
function findAspect(action: string): Aspect | undefined {
  return ASPECTS.findLast(({ actions }) => actions.includes(action))
}

function nameThing({ of }: Aspect, { client }: Entry, body: Body): string {
  return JSON.stringify([client, ...of.map((member) => body[member] ?? null)])
}

/** What a body sets. */
const isSet = (field: string): boolean => field !== 'v' && field !== 'lastReading'

function overlaps({ isByField, of }: Aspect, a: Body, b: Body): boolean {
  return isByField === undefined || Object.keys(a).some((field) => isSet(field) && !of.includes(field) && field in b)
}

/** How many of the newest entries are looked through for a later one about the same thing. */
export const MOST_LOOKED = 20_000

/** The first later entry that undid or replaced each of some entries, by its number. */
export function findLater(reader: Reader, entries: readonly Entry[]): ReadonlyMap<number, number> {
  const later = new Map<number, number>()
  const asked = new Map<number, Entry>(entries.map((entry) => [entry.seq, entry]))
  const waiting = new Map<string, { readonly seq: number; readonly aspect: Aspect; readonly body: Body }[]>()
  const aspects = ASPECTS.filter(({ actions }) => entries.some(({ action }) => actions.includes(action)))
  if (aspects.length === 0) return later
  const first = Math.min(...entries.map(({ seq }) => seq))
  const actions = [...new Set(aspects.flatMap((aspect) => aspect.actions))]
  for (const entry of entriesAfter(reader, first - 1, actions)) {
    const body = parseBody(entry)
    for (const aspect of aspects.filter((one) => one.actions.includes(entry.action))) {
      const place = `${ASPECTS.indexOf(aspect)} ${nameThing(aspect, entry, body)}`
      for (const one of waiting.get(place) ?? []) {
        if (!later.has(one.seq) && overlaps(aspect, one.body, body)) later.set(one.seq, entry.seq)
      }
      if (!asked.has(entry.seq) || aspect !== findAspect(entry.action)) continue
      waiting.set(place, [...(waiting.get(place) ?? []), { seq: entry.seq, aspect, body }])
    }
  }
  return later
}

/** An earlier entry about the same thing. */
export interface Earlier {
  readonly action: string
  readonly body: Body
}

/**
 * What an entry replaced, newest first. Throws `Refusal` CONFLICT where it is reached for more than the audit log records, as after
 * an import.
 */
export function* listEarlier(reader: Reader, entry: Entry): Iterable<Earlier> {
  const aspect = findAspect(entry.action)
  if (aspect === undefined) return
  const thing = nameThing(aspect, entry, parseBody(entry))
  const blurs = aspect.blurs ?? []
  for (const other of entriesBefore(reader, entry.seq, [...aspect.actions, ...blurs])) {
    if (blurs.includes(other.action) && (other.client === null || other.client === entry.client)) {
      throw new Refusal(
        'CONFLICT',
        `The audit log does not record what it was before entry ${entry.seq}: entry ${other.seq} set it too.`,
        'Set it where it is listed.',
      )
    }
    const body = parseBody(other)
    if (nameThing(aspect, other, body) === thing) yield { action: other.action, body }
  }
}

/** The fields that an entry sets with their values before it; `otherwise` for those that were never set. */
export function findFields(reader: Reader, entry: Entry, fields: readonly string[], otherwise: Body): Body {
  const own = parseBody(entry)
  const missing = new Set(fields.filter((field) => field in own))
  const before: Record<string, unknown> = {}
  if (missing.size === 0) return before
  for (const { body } of listEarlier(reader, entry)) {
    for (const field of [...missing].filter((one) => one in body)) {
      before[field] = body[field]
      missing.delete(field)
    }
    if (missing.size === 0) return before
  }
  for (const field of missing) before[field] = otherwise[field] ?? null
  return before
}
