import { resolve } from 'node:path'

import { Option } from 'commander'

import type { Connection, SyncSummary } from '../../../../shared/contract/connections.ts'
import { CONNECTION_ACCESS, type ConnectionAccess } from '../../../../shared/domain/connection.ts'
import { count, instant, minute, text } from '../../../../shared/nouns/noun.ts'
import type { Command } from '../../kit/command.ts'
import { asList } from '../../kit/layout.ts'
import { once } from '../../kit/listing.ts'
import { printListing } from '../../kit/print-listing.ts'
import { Misuse } from '../../kit/failure.ts'
import { makeFields } from '../../kit/noun.ts'
import { wholeNumber } from '../../kit/options.ts'
import type { Act, Run } from '../../kit/run.ts'

export const SYNC_FIELDS = makeFields<SyncSummary>({
  syncId: count('Sync', { table: {} }, (row) => row.id),
  finishedAt: minute('Read', { table: {} }),
  startedAt: instant(''),
  origin: text('From', { table: {} }),
  state: text('State', { table: {} }),
  rows: count('Rows', { table: {} }, (row) => row.sources.reduce((sum, { fetched }) => sum + fetched, 0)),
  operator: text('By', { table: { flexible: true } }),
  reason: text('Reason', { table: { sentence: true } }),
})

interface EditOptions {
  readonly label?: string
  readonly baseUrl?: string | false
  readonly path?: string
  readonly access?: ConnectionAccess
}

type Print = (run: Run, connection: Connection, says: string) => Promise<void>

/** `connection edit`, `connection forget` and `connection history`. */
export function defineEdit(command: Command, act: Act, print: Print): void {
  const edit = withId(
    command
      .command('edit')
      .description('Change a connection. What is not given stays; another address forgets the key.')
      .about({ calls: 'connection.update', example: '1 --label "Acme production"' }),
  )
    .option('--label <text>', 'the name that is shown')
    .option('--base-url <url>', 'the address of a gateway (https; http for this machine alone)')
    .option('--no-base-url', 'the address of the vendor again')
    .option('--path <file>', 'the file to read, for the provider file')
    .addOption(new Option('--access <access>', 'what Castellan may do there').choices(CONNECTION_ACCESS))
  act<EditOptions, [number]>(edit, async (run, { baseUrl, path, ...options }, id) => {
    const values = {
      ...options,
      ...(baseUrl === undefined || typeof baseUrl === 'string' ? {} : { baseUrl: null }),
      ...(typeof baseUrl === 'string' ? { baseUrl } : {}),
      ...(path === undefined ? {} : { path: resolve(run.terminal.cwd, path) }),
    }
    if (Object.keys(values).length === 0) throw new Misuse('Nothing was given to change.', 'See --help.')
    await print(run, await run.withApi('write', (api) => api.connection.update({ id, ...values })), 'Changed')
  })

  const forget = withId(
    command
      .command('forget')
      .description('Delete the credential of a connection. Its data stays.')
      .about({ calls: 'connection.removeCredential', example: '1' })
      .asks('deletes the credential', (api, [id]) => api.connection.get({ id: Number(id) })),
  )
  act<object, [number]>(forget, async (run, _options, id) => {
    const connection = await run.withApi('write', (api) => api.connection.removeCredential({ id }))
    await print(run, connection, 'Deleted the credential of')
  })

  const history = withId(
    command
      .command('history')
      .description('List the syncs of a connection, newest first.')
      .about({ calls: 'connection.history', example: '1' }),
  )
  asList(history, SYNC_FIELDS)
  act<object, [number]>(history, async (run, _options, id) => {
    const rows = await run.withApi('read', (api) => api.connection.history({ id, limit: 200 }))
    const empty = `It was not read yet. Read it: castellan sync --connection ${id}`
    await printListing(run, { fields: SYNC_FIELDS, empty }, once(rows))
  })
}

function withId(command: Command): Command {
  return command.argument('<id>', 'its number in castellan connection list', wholeNumber)
}
