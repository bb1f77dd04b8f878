import type { UsageSync } from '../../../../shared/contract/usage.ts'
import { describeUsageReading, isUsageRead } from '../../../../shared/domain/usage/report-outcome.ts'
import type { Command } from '../../kit/command.ts'
import { asList } from '../../kit/layout.ts'
import { once, type Field } from '../../kit/listing.ts'
import { printListing } from '../../kit/print-listing.ts'
import { EXIT, type ExitCode } from '../../kit/exit-code.ts'
import { wholeNumber } from '../../kit/options.ts'
import { type Act, type Run, readScope } from '../../kit/run.ts'
import { givenSecret } from '../../kit/secret-input.ts'
import { shown } from '../../kit/text/shown.ts'

interface Options {
  readonly connection?: number
  readonly credentialStdin?: true
}

type ReportReading = Omit<UsageSync['reports'][number], 'report' | 'state'> & {
  readonly connectionId: number
  readonly connection: string
  readonly report: string
  readonly state: string
}

const READ_FIELDS: readonly Field<ReportReading>[] = [
  { key: 'connectionId', json: (row) => row.connectionId },
  { key: 'connection', json: (row) => row.connection, column: { title: 'Connection', flexible: true } },
  { key: 'report', json: (row) => row.report, column: { title: 'Report' } },
  { key: 'state', json: (row) => row.state, column: { title: 'State' } },
  { key: 'reason', json: (row) => row.reason, column: { title: 'Reason', sentence: true } },
]

async function readAll(run: Run, { connection, credentialStdin }: Options): Promise<ExitCode> {
  const credential = credentialStdin === true ? await givenSecret(run) : undefined
  const asked = {
    ...readScope(run),
    ...(connection === undefined ? {} : { connections: [connection] }),
    ...(credential === undefined ? {} : { credential }),
  }
  const rows = await run.withApi('write', async (api) => {
    const read: ReportReading[] = []
    for await (const { connectionId, label, reports, skipped } of await api.usage.sync(asked)) {
      const of = { connectionId, connection: label }
      if (skipped !== null) read.push({ ...of, report: '-', state: 'skipped', reason: skipped })
      read.push(...reports.map((report) => ({ ...of, ...report })))
      await run.terminal.err(`${shown(`${label}: ${describeUsageReading(reports, skipped)}`)}\n`)
    }
    return read
  })
  await printListing(
    run,
    { fields: READ_FIELDS, empty: 'No connections. Add one: castellan connection add --client SLUG --provider openai' },
    once(rows),
  )
  return rows.every(isUsageRead) ? EXIT.done : EXIT.partial
}

/** `usage sync`. */
export function defineSync(usage: Command, act: Act): void {
  const sync = usage
    .command('sync')
    .description('Read costs and usage from the providers: 180 days back at first, then what is new.')
    .about({ calls: 'usage.sync', example: ['--client acme', '--connection 1 --credential-stdin < admin-key'] })
    .option('--connection <id>', 'only this connection', wholeNumber)
    .option('--credential-stdin', 'use the admin key on standard input for this run and do not keep it')
    .addHelpText('after', '\nExit code 3 when a connection or a report could not be read.')
  asList(sync, READ_FIELDS)
  act<Options, []>(sync, readAll)
}
