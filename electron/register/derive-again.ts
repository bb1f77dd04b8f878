import { deriveEffectiveAccess, deriveRemoved } from './apply/derive-access.ts'
import { deriveKeySummary, deriveDue, deriveNames } from './keys/derive-keys.ts'
import type { Writer } from './db/handles.ts'
import { indexAllForSearch } from './db/search-index.ts'
import { tallyConnection } from './facts/tallies.ts'
import { tallyFindings } from './findings/tally.ts'
import { policyLookup } from './clients/policy.ts'

const STANDING = 'SELECT id FROM key WHERE standing = 1'

/**
 * Recomputes what a register derives from its facts, where a migration requested it because the rules changed: the
 * parts of key names, owners and ends of keys, removed accounts, due days and effective access, the search index, or the numbers that are
 * kept. Leaves every other register unchanged.
 */
export function deriveAgain(writer: Writer): void {
  once(writer, 'derive', () => deriveFacts(writer))
  once(writer, 'index-search', () => indexAllForSearch(writer))
  once(writer, 'tally', () => {
    const read = `SELECT cn.id FROM connection cn
      WHERE EXISTS (SELECT 1 FROM sync y WHERE y.connection_id = cn.id AND y.state IN ('complete', 'partial'))`
    for (const id of writer.column<number>(read)) tallyConnection(writer, id)
    tallyFindings(writer, writer.column<number>('SELECT id FROM connection'))
  })
}

/** Does what a migration requested, and that it was requested is forgotten. */
function once(writer: Writer, request: string, work: () => void): void {
  if (writer.value('SELECT 1 FROM meta WHERE key = ?', [request]) === undefined) return
  work()
  writer.run('DELETE FROM meta WHERE key = ?', [request])
}

function deriveFacts(writer: Writer): void {
  for (const id of writer.column<number>('SELECT id FROM connection')) {
    deriveEffectiveAccess(writer, id)
    deriveKeySummary(writer, id)
  }
  deriveRemoved(writer, 'SELECT id FROM principal')
  deriveNames(writer, STANDING, {})
  deriveDue(writer, policyLookup(writer), STANDING, {})
  writer.run('UPDATE finding_evaluation SET stale = 1')
}
