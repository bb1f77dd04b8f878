import type { Connection, SyncSummary } from '../../../shared/contract/connections.ts'
import type { Api, Outputs } from '../../../shared/contract/contract.ts'
import { findLack } from '../../../shared/domain/sync-lack.ts'
import { clientField, count, instant, json, minute, plain, text } from '../../../shared/nouns/noun.ts'
import type { Command } from '../kit/command.ts'
import { asList } from '../kit/layout.ts'
import { once, type Field } from '../kit/listing.ts'
import { printListing } from '../kit/print-listing.ts'
import { EXIT, type ExitCode } from '../kit/exit-code.ts'
import { Failed, Misuse } from '../kit/failure.ts'
import { wholeNumber } from '../kit/options.ts'
import { readScope, type DefineVerb, type Run, type Act } from '../kit/run.ts'
import { givenSecret } from '../kit/secret-input.ts'
import { followSyncs } from '../kit/sync-progress.ts'
import { bad, good, makePainter, warning, type Painter } from '../kit/text/paint.ts'
import { shown } from '../kit/text/shown.ts'
import type { Cell } from '../kit/text/cell.ts'
import { defineListVerb } from '../kit/list-verb.ts'
import { makeFields } from '../kit/noun.ts'

/** The result of the sync of one connection; without a summary it was not started or not saved. */
interface Outcome {
  readonly connection: Connection
  readonly state: SyncSummary['state'] | 'skipped' | 'not written'
  readonly summary: SyncSummary | null
  /** Why it is not complete. */
  readonly reason: string | null
}

function stateCell(paint: Painter, { state }: Outcome): Cell {
  if (state === 'complete') return good(paint, state)
  return state === 'partial' ? warning(paint, state) : bad(paint, state)
}

/** The sources that were not read to their end, with the reasons. */
function describeLack({ summary }: Outcome): string {
  const lacking = summary?.sources.filter(({ state }) => state !== 'complete' && state !== 'unavailable') ?? []
  return lacking.map(({ source, state }) => `${source}:${state}`).join(' ')
}

function outcomeFields(paint: Painter): readonly Field<Outcome>[] {
  return makeFields<Outcome>(
    {
      connectionId: count('ID', { table: {} }, (row) => row.connection.id),
      client: text('Client', { table: { whole: true } }, (row) => row.connection.client.slug),
      connection: text('Connection', { table: { flexible: true } }, (row) => row.connection.label),
      state: text('State', { table: {} }),
      fault: json((row) => row.summary?.fault ?? null),
      syncId: json((row) => row.summary?.id ?? null),
      startedAt: instant('', {}, (row) => row.summary?.startedAt ?? null),
      finishedAt: instant('', {}, (row) => row.summary?.finishedAt ?? null),
      rows: count(
        'Rows',
        { table: {} },
        (row) => row.summary?.sources.reduce((sum, { fetched }) => sum + fetched, 0) ?? 0,
      ),
      incomplete: text('Incomplete', { table: {} }, describeLack),
      reason: text('Reason', { table: { sentence: true } }),
    },
    { state: (row) => stateCell(paint, row), reason: (row) => shown(row.reason ?? '-') },
  )
}

interface Options {
  readonly connection?: number
  readonly credentialStdin?: boolean
}

export const define: DefineVerb = (command, act) => {
  command
    .about({
      calls: ['sync.start', 'sync.cancel', 'sync.watch'],
      example: ['--client acme', '--connection 1 --credential-stdin < admin-key'],
    })
    .option('--connection <id>', 'only this connection', wholeNumber)
    .option('--credential-stdin', 'use the admin key on standard input for this run and do not keep it')
    .addHelpText('after', '\nProgress goes to standard error. Exit code 3 when something could not be read.')
  asList(command, outcomeFields(makePainter(false)))
  defineList(command, act)
  act<Options, []>(command, async (run, options) => {
    const credential = options.credentialStdin ? await givenSecret(run) : undefined
    const outcomes = await run.withApi('write', async (api) => {
      const connections = await chosen(run, api, options.connection)
      if (credential !== undefined && connections.length > 1) {
        throw new Misuse(
          'One credential opens one organization, and several connections are in scope.',
          'Name the connection: --connection ID',
        )
      }
      return sync(run, api, connections, credential)
    })
    const fields = outcomeFields(makePainter(run.terminal.colour))
    await printListing(run, { fields, empty: 'Nothing to sync.' }, once(outcomes))
    return getCode(outcomes)
  })
}

async function chosen(run: Run, api: Api, id: number | undefined): Promise<readonly Connection[]> {
  // The service reports why a number is not in scope.
  if (id !== undefined) await api.connection.get({ id })
  const connections = await api.connection.list(readScope(run))
  const wanted = id === undefined ? connections : connections.filter((connection) => connection.id === id)
  if (wanted.length > 0) return wanted
  throw id === undefined
    ? new Failed('No connections to sync.', 'Add one: castellan connection add --client SLUG --provider openai')
    : new Failed(`There is no connection ${id} in scope.`, 'See: castellan connection list')
}

async function sync(
  run: Run,
  api: Api,
  connections: readonly Connection[],
  credential: string | undefined,
): Promise<readonly Outcome[]> {
  const { started, skipped } = await api.sync.start({
    ...readScope(run),
    connections: connections.map(({ id }) => id),
    ...(credential === undefined ? {} : { credential }),
  })
  const ends = await followSyncs(
    run.terminal,
    api,
    connections.filter(({ id }) => started.includes(id)),
  )
  return connections.map((connection) => {
    const refusal = skipped.find(({ connectionId }) => connectionId === connection.id)
    if (refusal) return { connection, state: 'skipped', summary: null, reason: refusal.reason }
    const { result = null, notWritten = null } = ends.get(connection.id) ?? {}
    const lack = result === null ? null : findLack(result)
    const reason = lack?.text ?? result?.reason ?? notWritten
    return { connection, state: result?.state ?? 'not written', summary: result, reason }
  })
}

function getCode(outcomes: readonly Outcome[]): ExitCode {
  if (outcomes.every(({ state }) => state === 'complete')) return EXIT.done
  return outcomes.some(({ state }) => state === 'complete' || state === 'partial') ? EXIT.partial : EXIT.failed
}

type Sync = Outputs['changes']['timeline'][number]

const FIELDS = makeFields<Sync>({
  syncId: count('Sync', { table: {} }),
  ...plain('before'),
  at: minute('Read', { table: {} }),
  client: clientField({}),
  connectionId: json((row) => row.connection.id),
  connection: text('Connection', { table: { flexible: true } }, (row) => row.connection.label),
  state: text('State', { table: {} }),
  changes: count('Changes', { table: {} }),
})

/** `sync list`: the numbers that `changes --since` and `--until` take. */
function defineList(command: Command, act: Act): void {
  const list = command
    .command('list')
    .description('List the syncs, newest first, with how much each changed. castellan changes takes their numbers.')
    .about({ calls: 'changes.timeline', example: '--client acme' })
  defineListVerb<Sync>(list, act, {
    fields: FIELDS,
    empty: 'Not synced yet. Run: castellan sync',
    read: (api, asked) => api.changes.timeline({ ...asked, limit: 1000 }),
  })
}
