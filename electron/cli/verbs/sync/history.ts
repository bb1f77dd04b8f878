import type { Command } from 'commander'

import type { Outputs } from '../../../../shared/contract/contract.ts'
import { describeKeys } from '../../kit/describe-keys.ts'
import { EXIT } from '../../kit/exit-code.ts'
import { once, printListing, type Field } from '../../kit/listing.ts'
import { scopeOf, type Act } from '../../kit/run.ts'
import { isoTime, minuteCell } from '../../kit/text/when.ts'

type Sync = Outputs['changes']['timeline'][number]

const FIELDS: readonly Field<Sync>[] = [
  { key: 'syncId', json: (row) => row.syncId, column: { title: 'Sync', align: 'right' } },
  { key: 'before', json: (row) => row.before },
  { key: 'at', json: (row) => isoTime(row.at), column: { title: 'Read' }, cell: (row) => minuteCell(row.at) },
  { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
  { key: 'connectionId', json: (row) => row.connection.id },
  { key: 'connection', json: (row) => row.connection.label, column: { title: 'Connection', flexible: true } },
  { key: 'state', json: (row) => row.state, column: { title: 'State' } },
  { key: 'changes', json: (row) => row.changes, column: { title: 'Changes', align: 'right' } },
]

/** `sync history`: the numbers that `changes --since` and `--until` take. */
export function defineHistory(command: Command, act: Act): void {
  const history = command
    .command('history')
    .description('List the syncs, newest first, with how much each changed. castellan changes takes their numbers.')
  describeKeys(history, FIELDS)
  act<object, []>(history, async (run) => {
    const rows = await run.withApi('read', (api) => api.changes.timeline({ ...scopeOf(run), limit: 1000 }))
    await printListing(run, { fields: FIELDS, empty: 'Nothing was read yet. Read it: castellan sync' }, once(rows))
    return EXIT.done
  })
}
