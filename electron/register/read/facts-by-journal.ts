import { digestOfSync } from '../apply/digest.ts'
import type { TableCount } from '../../../shared/report/evidence-checks.ts'
import type { Reader } from '../db/handles.ts'
import type { JournalRow } from '../db/journal.ts'
import { policiesByJournal } from './policy-by-journal.ts'
import type { TableProblem } from '../reviews/by-journal.ts'

type Body = Readonly<Record<string, unknown>>

/** How many syncs have a digest in the journal that matches, and how many have none. */
export interface ProvedSyncs {
  readonly proved: number
  /** Syncs from before syncs were journaled. */
  readonly unproved: number
}

/** The values of a connection by the journal; undefined where the journal has none. */
interface Settings {
  readonly [field: string]: unknown
}

/**
 * Verifies tables against the journal's digests and decisions: the facts of syncs, the names and access of connections,
 * and the policy.
 */
export function factsByJournal() {
  const digests = new Map<number, string>()
  const connections = new Map<number, Settings>()
  const policies = policiesByJournal()
  return {
    visit: ({ action, subject, client, body: text }: JournalRow): void => {
      if (!SEEN.has(action)) return
      const body = JSON.parse(text) as Body
      if (action === 'sample.loaded') {
        policies.invent()
        return
      }
      if (action === 'policy.changed') return policies.change(client, body)
      const { connection, sync, digest } = body
      if (action === 'sync.applied') {
        if (typeof sync === 'number' && typeof digest === 'string') digests.set(sync, digest)
      } else if (action.startsWith('connection.')) {
        if (typeof connection !== 'number') return
        const known = connections.get(connection) ?? {}
        const label = action === 'connection.added' ? { label: subject } : {}
        const { access, baseUrl, label: renamed } = body
        connections.set(connection, { ...known, ...label, ...given({ access, baseUrl, label: renamed }) })
      }
    },
    result: (
      reader: Reader,
    ): ProvedSyncs & { readonly problems: readonly TableProblem[]; readonly policies: TableCount } => {
      const { problems, ...count } = syncProblems(reader, digests)
      const policy = policies.result(reader)
      return {
        ...count,
        policies: policy.count,
        problems: [...problems, ...settingProblems(reader, connections), ...policy.problems],
      }
    },
  }
}

const SEEN: ReadonlySet<string> = new Set([
  'policy.changed',
  'sample.loaded',
  'sync.applied',
  'connection.added',
  'connection.changed',
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

function settingProblems(reader: Reader, connections: ReadonlyMap<number, Settings>): TableProblem[] {
  const rows = reader.all<{ id: number; label: string; access: string; base_url: string | null }>(
    'SELECT id, label, access, base_url FROM connection WHERE removed_at IS NULL ORDER BY id',
  )
  return rows.flatMap(({ id, label, access, base_url: baseUrl }) => {
    const is: Settings = { label, access, baseUrl }
    return Object.entries(connections.get(id) ?? {})
      .filter(([field, value]) => is[field] !== value)
      .map(([field, value]) => ({
        table: 'connection' as const,
        row: id,
        says: `The ${WORDS[field] ?? field} of connection ${id} is ${String(is[field])}; the journal shows ${String(value)}.`,
      }))
  })
}

const WORDS: Readonly<Record<string, string>> = { baseUrl: 'base URL', label: 'name' }
