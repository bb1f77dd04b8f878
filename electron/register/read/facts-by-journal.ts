import { digestOfSync } from '../apply/digest.ts'
import type { Reader } from '../db/handles.ts'
import type { JournalRow } from '../db/journal.ts'
import type { ProofProblem } from '../rows/proved-table.ts'

type Body = Readonly<Record<string, unknown>>

/** How many syncs have a digest in the journal that matches, and how many have none. */
export interface ProvedSyncs {
  readonly proved: number
  /** Syncs of the sample agency, which come before the first in the journal. */
  readonly unproved: number
}

/** Verifies the facts of syncs against the digests in the journal. */
export function factsByJournal() {
  const digests = new Map<number, string>()
  return {
    visit: ({ action, body }: JournalRow): void => {
      if (action !== 'sync.applied') return
      const { sync, digest } = (JSON.parse(body) ?? {}) as Body
      if (typeof sync === 'number' && typeof digest === 'string') digests.set(sync, digest)
    },
    result: (reader: Reader): ProvedSyncs & { readonly problems: readonly ProofProblem[] } =>
      syncProblems(reader, digests),
  }
}

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
