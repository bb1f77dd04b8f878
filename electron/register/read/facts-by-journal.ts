import { digestOfSync } from '../apply/digest.ts'
import type { Reader } from '../db/handles.ts'
import type { JournalRow } from '../db/journal.ts'
import { policiesByJournal } from './policy-by-journal.ts'
import { rotationsByJournal } from './rotations-by-journal.ts'
import type { TableProblem } from '../reviews/by-journal.ts'

type Body = Readonly<Record<string, unknown>>

/** How many syncs have a digest in the journal that matches, and how many have none. */
export interface ProvedSyncs {
  readonly proved: number
  /** Syncs from before syncs were journaled. */
  readonly unproved: number
}

/** The values of a connection or a client by the journal; undefined where the journal has none. */
interface Settings {
  readonly [field: string]: unknown
}

/**
 * Verifies tables against the journal's digests and decisions: the facts of syncs, the names and access of connections
 * and clients, the policy, and the rotations that people recorded.
 */
export function factsByJournal() {
  const digests = new Map<number, string>()
  const connections = new Map<number, Settings>()
  const clients = new Map<string, Settings>()
  const policies = policiesByJournal()
  const rotations = rotationsByJournal()
  return {
    visit: ({ action, subject, client, body: text }: JournalRow): void => {
      if (!SEEN.has(action)) return
      const body = JSON.parse(text) as Body
      if (action === 'sample.loaded') {
        policies.invent()
        rotations.invent()
        return
      }
      if (action === 'policy.changed') return policies.change(client, body['values'])
      if (action === 'key.rotated') return rotations.rotated(body)
      if (action === 'key.rotation-undone') return rotations.undone(body)
      const { connection, sync, digest } = body
      if (action === 'sync.applied') {
        if (typeof sync === 'number' && typeof digest === 'string') digests.set(sync, digest)
      } else if (action.startsWith('connection.')) {
        if (typeof connection !== 'number') return
        const known = connections.get(connection) ?? {}
        const label = action === 'connection.added' ? { label: subject } : {}
        const { access, baseUrl, label: renamed } = body
        connections.set(connection, { ...known, ...label, ...given({ access, baseUrl, label: renamed }) })
      } else if (client !== null) {
        const known = clients.get(client) ?? {}
        const name = action === 'client.added' ? { name: subject } : {}
        const { name: renamed, kind } = body
        clients.set(client, { ...known, ...name, ...given({ name: renamed, kind }) })
      }
    },
    result: (reader: Reader): ProvedSyncs & { readonly problems: readonly TableProblem[] } => {
      const { problems, ...count } = syncProblems(reader, digests)
      return {
        ...count,
        problems: [
          ...problems,
          ...settingProblems(reader, connections, clients),
          ...policies.problems(reader),
          ...rotations.problems(reader),
        ],
      }
    },
  }
}

const SEEN: ReadonlySet<string> = new Set([
  'key.rotated',
  'key.rotation-undone',
  'policy.changed',
  'sample.loaded',
  'sync.applied',
  'connection.added',
  'connection.changed',
  'client.added',
  'client.changed',
])

function given(values: Settings): Settings {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
}

interface SyncRow {
  readonly id: number
  readonly at: number
  readonly label: string
}

function syncProblems(
  reader: Reader,
  digests: ReadonlyMap<number, string>,
): ProvedSyncs & { readonly problems: readonly TableProblem[] } {
  const problems: TableProblem[] = []
  const first = Math.min(...digests.keys())
  const left = new Map(digests)
  let [proved, unproved] = [0, 0]
  const rows = reader.all<SyncRow>(
    `SELECT s.id, s.finished_at AS at, cn.label FROM sync s JOIN connection cn ON cn.id = s.connection_id
     WHERE s.state IN ('complete', 'partial') ORDER BY s.id`,
  )
  for (const { id, at, label } of rows) {
    const journaled = left.get(id)
    left.delete(id)
    const what = `What sync ${id} of ${label} wrote at ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`
    if (journaled === undefined && id < first) unproved += 1
    else if (journaled === undefined) problems.push({ table: 'sync', row: id, says: `${what} is not in the journal.` })
    else if (digestOfSync(reader, id).digest === journaled) proved += 1
    else
      problems.push({
        table: 'sync',
        row: id,
        says: `${what} does not match the journal: facts were changed afterwards.`,
      })
  }
  for (const id of left.keys()) {
    problems.push({ table: 'sync', row: id, says: `Sync ${id} is in the journal but not among the syncs.` })
  }
  return { proved, unproved, problems }
}

function settingProblems(
  reader: Reader,
  connections: ReadonlyMap<number, Settings>,
  clients: ReadonlyMap<string, Settings>,
): TableProblem[] {
  const problems: TableProblem[] = []
  const compare = (table: 'connection' | 'client', row: number, what: string, is: Settings, should: Settings): void => {
    for (const [field, value] of Object.entries(should)) {
      if (is[field] === value) continue
      problems.push({
        table,
        row,
        says: `The ${WORDS[field] ?? field} of ${what} is ${String(is[field])}; the journal shows ${String(value)}.`,
      })
    }
  }
  for (const { id, label, access, base_url: baseUrl } of reader.all<{
    id: number
    label: string
    access: string
    base_url: string | null
  }>('SELECT id, label, access, base_url FROM connection WHERE removed_at IS NULL ORDER BY id')) {
    compare('connection', id, `connection ${id}`, { label, access, baseUrl }, connections.get(id) ?? {})
  }
  for (const { id, slug, name, kind } of reader.all<{ id: number; slug: string; name: string; kind: string }>(
    'SELECT id, slug, name, kind FROM client ORDER BY id',
  )) {
    compare('client', id, `client ${slug}`, { name, kind }, clients.get(slug) ?? {})
  }
  return problems
}

const WORDS: Readonly<Record<string, string>> = { baseUrl: 'base URL', label: 'name' }
