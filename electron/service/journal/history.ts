import type { Entry } from '../../register/read/journal.ts'
import { entriesFrom, entriesUpTo } from '../../register/team/entries.ts'
import type { Reader } from '../../register/db/handles.ts'
import { Refusal } from '../kit/refusal.ts'

/** Actions about one aspect of the same things: the later one of a thing replaces the earlier. */
interface Aspect {
  readonly actions: readonly string[]
  /** The members of the body that name the thing, beside the client. */
  readonly of: readonly string[]
  /** The actions that end all of some things, which the member of the body names: they are not undone after it. */
  readonly ends?: { readonly actions: readonly string[]; readonly of: string }
  /** Each action sets only the fields that it has. */
  readonly isByField?: true
  /** After these the audit log does not record what a thing was. */
  readonly blurs?: readonly string[]
  /** True if the earlier state of a thing follows from all earlier entries about it, not from the last one. */
  readonly followsFromAll?: true
}

const SAMPLE = ['sample.loaded'] as const
const IMPORTS = ['file.imported', ...SAMPLE] as const

const ASPECTS: readonly Aspect[] = [
  { actions: ['client.archived', 'client.restored'], of: [] },
  { actions: ['client.changed', 'client.added'], of: [], isByField: true, blurs: SAMPLE },
  {
    actions: ['connection.changed', 'connection.added'],
    of: ['connectionUid'],
    isByField: true,
    blurs: SAMPLE,
  },
  { actions: ['policy.changed'], of: [], blurs: SAMPLE, followsFromAll: true },
  { actions: ['report.set'], of: [], isByField: true, blurs: SAMPLE },
  { actions: ['view.saved', 'view.removed', 'view.renamed'], of: ['viewUid'] },
  { actions: ['finding.accepted', 'finding.reopened'], of: ['findingNamed', 'cause'] },
  { actions: ['today.snoozed', 'today.dismissed', 'today.restored'], of: ['entry'] },
  { actions: ['today.noted'], of: ['entry'], isByField: true },
  { actions: ['key.described'], of: ['connectionUid', 'firstKey'], isByField: true, blurs: IMPORTS },
  { actions: ['key.decoy'], of: ['connectionUid', 'firstKey'], blurs: ['file.imported'] },
  { actions: ['key.snoozed'], of: ['connectionUid', 'key'], blurs: SAMPLE },
  { actions: ['key.rotated', 'key.rotation-undone'], of: ['rotationUid'] },
  {
    actions: ['access.reviewed'],
    of: ['principalNamed'],
    blurs: ['access.reviews-imported', 'review.signed', ...IMPORTS],
  },
  { actions: ['person.merged', 'person.split'], of: ['mergeUid'] },
  { actions: ['person.match-rejected', 'person.match-reopened'], of: ['personNamed', 'otherNamed'] },
  { actions: ['person.leaving', 'person.leaving-undone'], of: ['person'] },
  { actions: ['plan.created', 'plan.removed', 'plan.reinstated'], of: ['planUid'] },
  { actions: ['plan.saved', 'plan.restored'], of: ['planUid'] },
  { actions: ['plan.renamed'], of: ['planUid'] },
  { actions: ['plan.activated', 'plan.deactivated'], of: [] },
  { actions: ['plan.bound'], of: ['planUid', 'organization'] },
  {
    actions: ['remediation.added', 'remediation.withdrawn', 'remediation.sending', 'remediation.done-by-hand'],
    of: ['remediationUid'],
  },
  { actions: ['remediation.done-by-hand', 'remediation.done-by-hand-undone'], of: ['remediationUid'] },
  {
    actions: ['review.decided', 'review.undone'],
    of: ['batchUid'],
    ends: { actions: ['review.signed', 'review.withdrawn'], of: 'reviewUid' },
  },
  { actions: ['budget.set', 'budget.cleared'], of: ['connectionUid', 'project'] },
  { actions: ['price.set', 'price.cleared'], of: ['model', 'from'] },
  { actions: ['usage.folder-added', 'usage.folder-removed'], of: ['path'] },
  { actions: ['usage.imported', 'usage.import-undone'], of: ['import'] },
]

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

/** True if a body sets a field. */
const isSet = (field: string): boolean => field !== 'v' && field !== 'lastReading'

function overlaps({ isByField, of }: Aspect, a: Body, b: Body): boolean {
  return isByField === undefined || Object.keys(a).some((field) => isSet(field) && !of.includes(field) && field in b)
}

/** How many of the newest entries are looked through for a later one about the same thing. */
export const MOST_LOOKED = 20_000

function listActions(aspects: readonly Aspect[]): readonly string[] {
  return [
    ...new Set(aspects.flatMap(({ actions, blurs = [], ends }) => [...actions, ...blurs, ...(ends?.actions ?? [])])),
  ]
}

/** An entry that waits for one that undoes or replaces it. */
interface Waiting {
  readonly seq: number
  readonly body: Body
}

/** The first later entry that undid, replaced or ended each of some entries, by its number. */
export function findLater(reader: Reader, entries: readonly Entry[]): ReadonlyMap<number, number> {
  const later = new Map<number, number>()
  const asked = new Set(entries.map(({ seq }) => seq))
  const aspects = ASPECTS.filter(({ actions }) => entries.some(({ action }) => actions.includes(action)))
  if (aspects.length === 0) return later
  const waiting = new Map<string, Waiting[]>()
  const wait = (thing: string, one: Waiting): unknown => waiting.set(thing, [...(waiting.get(thing) ?? []), one])
  const end = (thing: string, by: Entry, isOver: (one: Waiting) => boolean): void => {
    const open = waiting.get(thing)?.filter(({ seq }) => !later.has(seq)) ?? []
    for (const { seq } of open.filter(isOver)) later.set(seq, by.seq)
  }
  for (const entry of entriesFrom(reader, Math.min(...asked), listActions(aspects))) {
    const body = parseBody(entry)
    for (const aspect of aspects) {
      const place = aspects.indexOf(aspect)
      const { actions, ends } = aspect
      const whole = ends === undefined ? null : `${place} all of ${JSON.stringify(body[ends.of])}`
      if (whole !== null && ends?.actions.includes(entry.action) === true) end(whole, entry, () => true)
      if (!actions.includes(entry.action)) continue
      const thing = `${place} ${nameThing(aspect, entry, body)}`
      end(thing, entry, (one) => overlaps(aspect, one.body, body))
      if (!asked.has(entry.seq) || aspect !== findAspect(entry.action)) continue
      const one = { seq: entry.seq, body }
      wait(thing, one)
      if (whole !== null) wait(whole, one)
    }
  }
  return later
}

/** An entry whose earlier state is looked for. */
interface EntryLookup extends Pick<Entry, 'seq' | 'client'> {
  readonly body: Body
  readonly thing: string
  /** The fields that no earlier entry was found to set. */
  readonly missing: Set<string>
}

/** The fields of an entry that earlier ones set each; one name for all where they set them together. */
function listFields({ isByField, of }: Aspect, body: Body): readonly string[] {
  return isByField === undefined ? ['all'] : Object.keys(body).filter((field) => isSet(field) && !of.includes(field))
}

/** The connections that an import wrote to, by uid; null where it does not record them. */
function listImported({ organizations }: Body): readonly unknown[] | null {
  return Array.isArray(organizations)
    ? organizations.map((each: unknown) => (each as Body | null)?.['connectionUid'] ?? null)
    : null
}

/** True if an entry set the thing of another one, and does not record what it was. */
function isBlur({ blurs = [] }: Aspect, other: Entry, of: Pick<EntryLookup, 'client' | 'body'>): boolean {
  if (!blurs.includes(other.action) || (other.client !== null && other.client !== of.client)) return false
  const imported = listImported(parseBody(other))
  const named = of.body['principalNamed'] as Body | undefined
  const connection = of.body['connectionUid'] ?? named?.['connectionUid']
  return imported === null || connection === undefined || imported.includes(connection)
}

/**
 * Of some entries, those that replaced what the audit log does not record, with the number of the entry that set it without
 * recording it, such as an import.
 */
export function findUnrecorded(reader: Reader, entries: readonly Entry[]): ReadonlyMap<number, number> {
  const unrecorded = new Map<number, number>()
  for (const aspect of ASPECTS.filter(({ blurs }) => blurs !== undefined)) {
    const asked = entries.filter(({ action }) => findAspect(action) === aspect)
    if (asked.length > 0) lookBack(reader, aspect, asked, unrecorded)
  }
  return unrecorded
}

function lookBack(reader: Reader, aspect: Aspect, asked: readonly Entry[], unrecorded: Map<number, number>): void {
  const left = new Set(asked.map(({ seq }) => seq))
  let waiting: readonly EntryLookup[] = []
  for (const entry of entriesUpTo(reader, Math.max(...left), listActions([aspect]))) {
    const body = parseBody(entry)
    if (aspect.actions.includes(entry.action)) {
      const thing = nameThing(aspect, entry, body)
      if (aspect.followsFromAll === undefined) {
        for (const { missing } of waiting.filter((one) => one.thing === thing)) {
          for (const field of listFields(aspect, body)) missing.delete(field)
        }
        waiting = waiting.filter(({ missing }) => missing.size > 0)
      }
      if (left.delete(entry.seq)) {
        const { seq, client } = entry
        waiting = [...waiting, { seq, client, body, thing, missing: new Set(listFields(aspect, body)) }]
      }
    } else {
      for (const one of waiting.filter((each) => isBlur(aspect, entry, each))) unrecorded.set(one.seq, entry.seq)
      waiting = waiting.filter(({ seq }) => !unrecorded.has(seq))
    }
    if (left.size === 0 && waiting.length === 0) return
  }
}

/** Why an entry cannot be undone that replaced what an import or the sample had set. */
export function describeUnrecorded(by: number): string {
  return `Entry ${by} had set it without recording the value. Change it where it is listed.`
}

/** An earlier entry about the same thing. */
export interface Earlier {
  readonly action: string
  readonly at: number
  readonly body: Body
}

/**
 * Lists the states that an entry replaced, newest first. Throws `Refusal` CONFLICT where it is reached for more than
 * the audit log records, as after an import.
 */
export function* listEarlier(reader: Reader, entry: Entry): Iterable<Earlier> {
  const aspect = findAspect(entry.action)
  if (aspect === undefined) return
  const own = parseBody(entry)
  const thing = nameThing(aspect, entry, own)
  let isBefore = false
  for (const other of entriesUpTo(reader, entry.seq, listActions([aspect]))) {
    if (!isBefore) {
      isBefore = other.seq === entry.seq
    } else if (!aspect.actions.includes(other.action)) {
      if (isBlur(aspect, other, { client: entry.client, body: own })) {
        throw new Refusal(
          'CONFLICT',
          `Entry ${entry.seq} of the audit log cannot be undone. ${describeUnrecorded(other.seq)}`,
          'castellan log list shows what can be undone.',
        )
      }
    } else {
      const body = parseBody(other)
      if (nameThing(aspect, other, body) === thing) yield { action: other.action, at: other.at, body }
    }
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
