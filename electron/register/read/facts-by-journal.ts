import { digestOfSync } from '../apply/digest.ts'
import type { TableCount } from '../../../shared/report/evidence-checks.ts'
import type { Reader } from '../db/handles.ts'
import type { JournalRow } from '../db/journal.ts'
import { policiesByJournal } from './policy-by-journal.ts'
import type { ProofProblem } from '../rows/proved-table.ts'

type Body = Readonly<Record<string, unknown>>

/** How many syncs have a digest in the journal that matches, and how many have none. */
export interface ProvedSyncs {
  readonly proved: number
  /** Syncs of the sample agency, which come before the first in the journal. */
  readonly unproved: number
}

/**
 * Verifies tables against the journal's digests and decisions: the facts of syncs, and the policy.
 */
export function factsByJournal() {
  const digests = new Map<number, string>()
  const policies = policiesByJournal()
  return {
    visit: ({ action, client, body: text }: JournalRow): void => {
      if (!SEEN.has(action)) return
      const body = JSON.parse(text) as Body
      if (action === 'sample.loaded') {
        policies.invent()
        return
      }
      if (action === 'policy.changed') return policies.change(client, body)
      const { sync, digest } = body
      if (typeof sync === 'number' && typeof digest === 'string') digests.set(sync, digest)
    },
    result: (
      reader: Reader,
    ): ProvedSyncs & { readonly problems: readonly ProofProblem[]; readonly policies: TableCount } => {
      const { problems, ...count } = syncProblems(reader, digests)
      const policy = policies.result(reader)
      return {
        ...count,
        policies: policy.count,
        problems: [...problems, ...policy.problems],
      }
    },
  }
}

const SEEN: ReadonlySet<string> = new Set(['policy.changed', 'sample.loaded', 'sync.applied'])

interface SyncRow {
  readonly id: number
  readonly at: number
  readonly label: string
}

function syncProblems(
  reader: Reader,
  digests: ReadonlyMap<number, string>,
): ProvedSyncs & { readonly problems: readonly ProofProblem[] } {
  const problems: ProofProblem[] = []
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
    else if (journaled === undefined)
      problems.push({ table: 'sync', row: id, says: `${what} is not in the audit log.` })
    else if (digestOfSync(reader, id).digest === journaled) proved += 1
    else
      problems.push({
        table: 'sync',
        row: id,
        says: `${what} does not match the audit log: facts were changed afterwards.`,
      })
  }
  for (const id of left.keys()) {
    problems.push({ table: 'sync', row: id, says: `Sync ${id} is in the audit log but not among the syncs.` })
  }
  return { proved, unproved, problems }
}
