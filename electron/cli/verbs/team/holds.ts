import type { UnheldClient } from '../../../../shared/contract/team.ts'
import { counted } from '../../../../shared/domain/counted.ts'
import { SEVERITIES } from '../../../../shared/domain/findings/severity.ts'
import type { Command } from '../../kit/command.ts'
import { asList } from '../../kit/layout.ts'
import { EXIT } from '../../kit/exit-code.ts'
import { type Field, once, printEither } from '../../kit/listing.ts'
import { printListing } from '../../kit/print-listing.ts'
import type { Act } from '../../kit/run.ts'
import { shown } from '../../kit/text/shown.ts'
import { isoTime, minuteCell } from '../../kit/text/when.ts'

const right = (title: string) => ({ title, align: 'right' as const })

const UNHELD_FIELDS: readonly Field<UnheldClient>[] = [
  { key: 'uid', json: ({ uid }) => uid, column: { title: 'Uid', whole: true } },
  { key: 'slug', json: ({ figures }) => figures?.slug ?? null, column: { title: 'Client', flexible: true } },
  { key: 'name', json: ({ figures }) => figures?.name ?? null },
  { key: 'colour', json: ({ figures }) => figures?.colour ?? null },
  { key: 'people', json: ({ figures }) => figures?.people ?? null, column: right('People') },
  { key: 'keys', json: ({ figures }) => figures?.keys ?? null, column: right('Keys') },
  { key: 'due', json: ({ figures }) => figures?.due ?? null, column: right('Due') },
  { key: 'overdue', json: ({ figures }) => figures?.overdue ?? null, column: right('Overdue') },
  ...SEVERITIES.map((severity): Field<UnheldClient> => ({
    key: severity,
    json: ({ figures }) => figures?.findings?.[severity] ?? null,
    ...(severity === 'critical' || severity === 'high'
      ? { column: right(severity === 'critical' ? 'Critical' : 'High') }
      : {}),
  })),
  { key: 'connections', json: ({ figures }) => figures?.connections ?? null },
  { key: 'notRead', json: ({ figures }) => figures?.notRead ?? null, column: right('Not read') },
  { key: 'lastSync', json: ({ figures }) => figures?.lastSync ?? null, column: { title: 'Last sync' } },
  { key: 'lastReview', json: ({ figures }) => figures?.lastReview ?? null, column: { title: 'Last review' } },
  { key: 'entries', json: ({ figures }) => figures?.entries ?? null, column: right('Entries') },
  {
    key: 'writtenAt',
    json: ({ writtenAt }) => (writtenAt === null ? null : isoTime(writtenAt)),
    cell: ({ writtenAt }) => (writtenAt === null ? 'no figures' : minuteCell(writtenAt)),
    column: { title: 'As of' },
  },
]

/** `team unheld|hold`: the clients that an owner's or auditor's device does not read, and how it does. */
export function defineHolds(team: Command, act: Act): void {
  const unheld = team
    .command('unheld')
    .summary('the clients that you may see and this device does not hold, with the figures that other devices wrote')
    .about({ calls: 'team.unheld', example: ['', '--json'], isWhole: true })
    .addHelpText(
      'after',
      '\nNothing of them is in any other list. The figures come from the server, which can show earlier ones: they prove nothing.\n',
    )
  asList(unheld, UNHELD_FIELDS)
  act<object, []>(unheld, async (run) => {
    const { clients, problem } = await run.withApi('read', (api) => api.team.unheld())
    await printListing(
      run,
      { fields: UNHELD_FIELDS, empty: 'This device holds every client that you may see.' },
      once(clients),
    )
    if (problem === null) return EXIT.done
    await run.terminal.err(`The server did not show figures now. ${shown(problem)}\n`)
    return EXIT.partial
  })

  const hold = team
    .command('hold')
    .summary('hold clients on this device: it reads their whole history, and keeps it')
    .about({ calls: 'team.hold', example: 'acme borealis', isWhole: true })
    .argument('<clients...>', 'by slug or uid: castellan team unheld')
    .addHelpText(
      'after',
      '\nThere is no way back: what was read stays. To release clients, join in a new profile and remove this one.' +
        '\nExit code 3 where something is not read yet.\nJSON keys: held, sentences\n',
    )
  act<object, [readonly string[]]>(hold, async (run, _, clients) => {
    const done = await run.withApi('write', (api) => api.team.hold({ clients: [...clients] }))
    await printEither(run, done, [
      done.held === 0 ? 'This device holds them already.' : `Held from now on: ${counted(done.held, 'client')}.`,
      ...done.sentences.map((sentence) => `! ${shown(sentence)}`),
    ])
    return done.sentences.length > 0 ? EXIT.partial : EXIT.done
  })
}
