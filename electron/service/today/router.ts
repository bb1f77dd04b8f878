import type { TodayClient, TodayEntry } from '../../../shared/contract/today.ts'
import type { Matter } from '../../../shared/domain/today/matter.ts'
import { listClients as listOwnClients, type Row } from '../../../shared/domain/today/queue.ts'
import { sayMatter } from '../../../shared/domain/today/say.ts'
import { getClient, listClients } from '../../register/clients/client.ts'
import { hideMatter, noteMatter, showMatter } from '../../register/today/state.ts'
import {
  checkScope,
  type Commit,
  commit,
  type Context,
  findClientId,
  getReader,
  getToday,
  readOperator,
} from '../core/context.ts'
import { os } from '../core/implementer.ts'
import { invalid, notFound } from '../kit/refusal.ts'
import { toSync } from './connections.ts'
import { type Decided, findEntry, gather, type Gathered, listRows, toEntry } from './queue.ts'

interface Named {
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
    const { at } = await decide(
      context,
      input,
      [false],
      { action: 'today.snoozed', body: { until, reason } },
      (matter, act) => hideMatter(act.writer, { ...act.place, until, reason, facts: matter.facts, ...act.made }),
    )
    return { done: true as const, at }
  }),
  dismiss: os.today.dismiss.handler(async ({ context, input }) => {
    const { reason } = input
    const { at } = await decide(
      context,
      input,
      [false],
      { action: 'today.dismissed', body: { reason } },
      (matter, act) => hideMatter(act.writer, { ...act.place, until: null, reason, facts: matter.facts, ...act.made }),
    )
    return { done: true as const, at }
  }),
  restore: os.today.restore.handler(async ({ context, input }) => {
    const { decided } = await decide(context, input, [true], { action: 'today.restored', body: {} }, (_, act) =>
      showMatter(act.writer, act.place),
    )
    const before = decided.map(({ matter, state }) => ({
      ...toPlace(matter),
      until: state?.until ?? null,
      reason: state?.reason ?? '',
    }))
    return { done: true as const, before }
  }),
  note: os.today.note.handler(async ({ context, input: { note, contact, ...named } }) => {
    const given = { ...(note === undefined ? {} : { note }), ...(contact === undefined ? {} : { contact }) }
    const { decided } = await decide(context, named, [false, true], { action: 'today.noted', body: given }, (_, act) =>
      noteMatter(act.writer, { ...act.place, note, contact }),
    )
    const before = decided.map(({ matter, state }) => ({
      ...toPlace(matter),
      note: state?.note ?? '',
      contact: state?.contact ?? '',
    }))
    return { done: true as const, before }
  }),
}

/** The decisions of all matters are looked up in one map, whatever the number of rows. */
function toEntries(rows: readonly Row[], { decided, today }: Gathered, hidden: boolean): TodayEntry[] {
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
  { connected, counts, scheduled }: Gathered,
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

interface Act extends Pick<Commit, 'writer'> {
  readonly place: { readonly clientId: number; readonly entry: string }
  readonly made: { readonly by: string; readonly at: number }
}

interface Decision {
  readonly action: string
  readonly body: Readonly<Record<string, string>>
}

/**
 * Writes what a person decided about an entry, with one row of the audit log for each of its subjects, and answers the
 * instant and the subjects as they were then. `among`: whether to look for it in the hidden ones, in order. Throws
 * `Refusal` NOT_FOUND for an entry that is not there.
 */
async function decide(
  context: Context,
  { client, entry, at: hiddenAt, only }: Named,
  among: readonly boolean[],
  { action, body }: Decision,
  write: (matter: Matter, act: Act) => void,
): Promise<{ readonly at: number; readonly decided: readonly Decided[] }> {
  checkScope(context, { client })
  const gathered = await gather(context, { client }, toRefs(clientsInScope(context, client)))
  const matters = among
    .map((hidden) => findEntry(gathered, entry, hidden, hiddenAt))
    .map((found) => (only === undefined ? found : found.filter((matter) => only.includes(matter.client.slug))))
    .find((found) => found.length > 0)
  if (matters === undefined) {
    throw notFound(`The entry ${JSON.stringify(entry)} of Today`, 'Read Today again: castellan today.')
  }
  const by = readOperator(context)
  const named = new Set(matters)
  const decided = gathered.decided.filter(({ matter }) => named.has(matter))
  return commit(context, ['today'], ({ writer, at, noteAll }) => {
    for (const matter of matters) {
      const place = { clientId: findClientId(context, matter.client.slug), entry: matter.key }
      write(matter, { writer, place, made: { by, at } })
    }
    noteAll(
      matters.map((matter) => ({
        action,
        client: matter.client.slug,
        subject: sayMatter(matter, gathered.today),
        body: { entry: matter.key, ...body },
      })),
    )
    return { at, decided }
  })
}
