import type { Command } from '../../kit/command.ts'
import { dayOption, type AskedDay } from '../../kit/day-option.ts'
import { EXIT } from '../../kit/exit-code.ts'
import { Misuse } from '../../kit/failure.ts'
import { printEither } from '../../kit/listing.ts'
import { type Act, readScope } from '../../kit/run.ts'
import { shown } from '../../kit/text/shown.ts'

interface Snooze {
  readonly until: AskedDay
  readonly why?: string
}

interface Note {
  readonly text?: string
  readonly contact?: string
}

/** The subcommands by which a person decides about entries of Today. */
export function defineDecisions(command: Command, act: Act): void {
  const named = (name: 'snooze' | 'dismiss' | 'restore' | 'note', summary: string, example: string): Command =>
    command
      .command(name)
      .description(summary)
      .about({ calls: `today.${name}`, example })
      .argument('<entry>', 'its ID, as castellan today shows it')
      .addHelpText('after', '\nJSON keys: entry')

  const snooze = named(
    'snooze',
    'Hide an entry until a day; it returns earlier when its facts get worse.',
    'keys-overdue-admin --until 7d',
  )
    .addOption(dayOption('--until', 'the day on which it returns', 'ahead').makeOptionMandatory())
    .option('--why <text>', 'why, for the audit log')
  act<Snooze, [string]>(snooze, async (run, { until, why: reason = '' }, entry) => {
    const day = until(run.terminal.now())
    await run.withApi('write', (api) => api.today.snooze({ ...readScope(run), entry, until: day, reason }))
    await printEither(run, { entry, until: day }, [`Snoozed ${shown(entry)} until ${day}.`])
    return EXIT.done
  })

  const dismiss = named(
    'dismiss',
    'Hide an entry until its facts get worse.',
    'finding-privileged-single --why "Agreed"',
  ).requiredOption('--why <text>', 'why, for the audit log')
  act<{ readonly why: string }, [string]>(dismiss, async (run, { why: reason }, entry) => {
    await run.withApi('write', (api) => api.today.dismiss({ ...readScope(run), entry, reason }))
    await printEither(run, { entry }, [`Dismissed ${shown(entry)}.`])
    return EXIT.done
  })

  const restore = named('restore', 'Return a snoozed or dismissed entry to the queue.', 'keys-overdue-admin')
  act<object, [string]>(restore, async (run, _, entry) => {
    await run.withApi('write', (api) => api.today.restore({ ...readScope(run), entry }))
    await printEither(run, { entry }, [`Restored ${shown(entry)}.`])
    return EXIT.done
  })

  const note = named(
    'note',
    'Set the note and the contact of an entry; an empty text removes it.',
    'leaver-12 --contact "Mara Lind"',
  )
    .option('--text <text>', 'the note')
    .option('--contact <text>', 'who takes care of it')
  act<Note, [string]>(note, async (run, { text, contact }, entry) => {
    if (text === undefined && contact === undefined) {
      throw new Misuse('Nothing is to be noted.', 'Give --text, --contact, or both.')
    }
    await run.withApi('write', (api) => api.today.note({ ...readScope(run), entry, note: text, contact }))
    await printEither(run, { entry }, [`Noted ${shown(entry)}.`])
    return EXIT.done
  })
}
