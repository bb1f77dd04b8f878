import { todayContract } from '../../../shared/contract/today.ts'
import type { TodayClient, TodayEntry } from '../../../shared/contract/today.ts'
import type { Matter } from '../../../shared/domain/today/matter.ts'
import { listClients as listOwnClients, type Row } from '../../../shared/domain/today/queue.ts'
import { sayMatter } from '../../../shared/domain/today/say.ts'
import type { BodyOf } from '../../../shared/decisions/operations.ts'
import type { TODAY_OPERATIONS } from '../../../shared/decisions/today.ts'
import { getClient, listClients } from '../../register/clients/client.ts'
import { nameEntry } from '../../register/today/entry-names.ts'
import { checkScope, type Context, getReader, getToday } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { commitOperations, type NewDecision as Operation } from '../core/operations.ts'
import { invalid, notFound } from '../kit/refusal.ts'
import { toSync } from './connections.ts'
import { type QueueMatter, findEntry, gather, type QueueFacts, listRows, toEntry } from './queue.ts'

const os = implementArea({ today: todayContract })

interface EntrySelection {
  readonly client?: string | undefined
  readonly entry: string
  /** Only what was hidden at this instant. */
  readonly at?: number | undefined
  /** Only at these clients. */
  readonly only?: readonly string[] | undefined
}

export const todayRouter = {
  list: os.today.list.handler(async ({ context, input }) => {
    checkScope(context, input)
    const clients = clientsInScope(context, input.client)
    const gathered = await gather(context, input, toRefs(clients))
    const queue = listRows(gathered, false)
    const hidden = listRows(gathered, true)
    const syncs = gathered.connected.flatMap(({ last }) => last.lastSync ?? [])
    const last = syncs.toSorted((a, b) => b.finishedAt - a.finishedAt)[0]
    return {
      entries: toEntries(input.hidden ? hidden : queue, gathered, input.hidden),
      hidden: hidden.length,
      clients: toClients(clients, gathered, queue).toSorted(compareClients),
      sample: context.session().sample,
      day: gathered.today,
      lastSync: last === undefined ? null : { at: last.finishedAt, state: last.state },
    }
  }),
  snooze: os.today.snooze.handler(async ({ context, input }) => {
    if (input.until <= getToday(context)) {
      throw invalid('until', `${input.until} is not in the future.`, 'Give a later day.')
    }
    const { until, reason } = input
    const { at } = await decide(context, input, [false], ({ facts }) => ({
      kind: 'today.snoozed',
      body: { until, reason, facts },
    }))
    return { done: true as const, at }
  }),
  dismiss: os.today.dismiss.handler(async ({ context, input }) => {
    const { reason } = input
    const { at } = await decide(context, input, [false], ({ facts }) => ({
      kind: 'today.dismissed',
      body: { reason, facts },
    }))
    return { done: true as const, at }
  }),
  restore: os.today.restore.handler(async ({ context, input }) => {
    const { decided } = await decide(context, input, [true], () => ({ kind: 'today.restored', body: {} }))
    const before = decided.map(({ matter, state }) => ({
      ...toPlace(matter),
      until: state?.until ?? null,
      reason: state?.reason ?? '',
    }))
    return { done: true as const, before }
  }),
  note: os.today.note.handler(async ({ context, input: { note, contact, ...named } }) => {
    const given = { ...(note === undefined ? {} : { note }), ...(contact === undefined ? {} : { contact }) }
    const { decided } = await decide(context, named, [false, true], () => ({ kind: 'today.noted', body: given }))
    const before = decided.map(({ matter, state }) => ({
      ...toPlace(matter),
      note: state?.note ?? '',
      contact: state?.contact ?? '',
    }))
    return { done: true as const, before }
  }),
}

/** The decisions of all matters are looked up in one map, whatever the number of rows. */
function toEntries(rows: readonly Row[], { decided, today }: QueueFacts, hidden: boolean): TodayEntry[] {
  const states = new Map(decided.map((one) => [one.matter, one.state]))
  return rows.map((row) => toEntry(row, { states, today, hidden }))
}

type ScopedClient = Pick<ReturnType<typeof listClients>[number], 'slug' | 'name' | 'colour' | 'kind'>

function clientsInScope(context: Context, client: string | undefined): readonly ScopedClient[] {
  const reader = getReader(context)
  const named = client === undefined ? null : getClient(reader, client)
  return named === null ? listClients(reader, false) : [named]
}

function toRefs(clients: readonly ScopedClient[]): ReadonlyMap<string, Omit<ScopedClient, 'kind'>> {
  return new Map(clients.map(({ slug, name, colour }) => [slug, { slug, name, colour }]))
}

function toClients(
  clients: readonly ScopedClient[],
  { connected, counts, scheduled }: QueueFacts,
  queue: readonly Row[],
): TodayClient[] {
  const rows = Map.groupBy(
    queue.flatMap((row) => listOwnClients(row).map(({ slug }) => ({ slug, band: row.band }))),
    ({ slug }) => slug,
  )
  const connections = Map.groupBy(connected, ({ connection }) => connection.client.slug)
  const schedules = Map.groupBy(scheduled, ({ row }) => row.client.slug)
  return clients.map(({ slug, name, colour, kind }) => {
    const own = rows.get(slug) ?? []
    const sync = toSync(connections.get(slug) ?? [])
    const count = sync.at === null ? undefined : (counts.get(slug) ?? { people: 0, keys: 0 })
    const reviews = (schedules.get(slug) ?? [])
      .flatMap(({ row }) => (row.dueOn === null ? [] : [{ dueOn: row.dueOn, overdue: row.overdue }]))
      .toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
    return {
      client: { slug, name, colour, kind },
      now: own.filter(({ band }) => band === 'now').length,
      week: own.filter(({ band }) => band === 'week').length,
      people: count?.people ?? null,
      keys: count?.keys ?? null,
      nextReview: reviews[0] ?? null,
      sync,
    }
  })
}

/** By risk: what is for now, then for this week, then by name. */
function compareClients(a: TodayClient, b: TodayClient): number {
  return b.now - a.now || b.week - a.week || a.client.name.localeCompare(b.client.name, 'en')
}

function toPlace({ client, key }: Matter): { readonly client: string; readonly entry: string } {
  return { client: client.slug, entry: key }
}

/** A decision about a matter, apart from its name. */
type Decision = {
  readonly [K in keyof typeof TODAY_OPERATIONS]: {
    readonly kind: K
    readonly body: Omit<BodyOf<K>, 'v' | 'entry'>
  }
}[keyof typeof TODAY_OPERATIONS]

/**
 * Commits what a person decided about an entry, an operation for each of its subjects, and answers the instant and the
 * subjects at that time. `among`: which are searched, in order: the hidden ones (true) or the others. Throws `Refusal` NOT_FOUND
 * for an entry that is not there.
 */
async function decide(
  context: Context,
  { client, entry, at: hiddenAt, only }: EntrySelection,
  among: readonly boolean[],
  toDecision: (matter: Matter) => Decision,
): Promise<{ readonly at: number; readonly decided: readonly QueueMatter[] }> {
  checkScope(context, { client })
  const gathered = await gather(context, { client }, toRefs(clientsInScope(context, client)))
  const matters = among
    .map((hidden) => findEntry(gathered, entry, hidden, hiddenAt))
    .map((found) => (only === undefined ? found : found.filter((matter) => only.includes(matter.client.slug))))
    .find((found) => found.length > 0)
  if (matters === undefined) {
    throw notFound(`The entry ${JSON.stringify(entry)} of Today`, 'Read Today again: castellan today.')
  }
  const named = new Set(matters)
  const decided = gathered.decided.filter(({ matter }) => named.has(matter))
  const reader = getReader(context)
  const states = new Map(decided.map(({ matter, state }) => [matter, state]))
  const operations = matters.map((matter) => {
    const { kind, body } = toDecision(matter)
    const stored = states.get(matter)?.stored ?? nameEntry(reader, matter.key)
    const place = { client: matter.client.slug, subject: sayMatter(matter, gathered.today) }
    return { kind, ...place, body: { v: 1, entry: stored, ...body } } as Operation
  })
  return { at: commitOperations(context, operations).at, decided }
}
