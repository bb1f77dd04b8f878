import type { JournalEntryView } from '../../../shared/contract/journal.ts'
import { minuteField } from '../kit/fields.ts'
import { printRow, type Field } from '../kit/listing.ts'
import { defineListVerb } from '../kit/list-verb.ts'
import { wholeNumber } from '../kit/options.ts'
import type { DefineVerb } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'

const FIELDS: readonly Field<JournalEntryView>[] = [
  { key: 'entry', json: (row) => row.entry, column: { title: 'ID', align: 'right' } },
  minuteField('at', { title: 'When' }, (row) => row.at),
  { key: 'operator', json: (row) => row.operator, column: { title: 'By', flexible: true } },
  { key: 'client', json: (row) => row.client?.slug ?? null, column: { title: 'Client', whole: true } },
  { key: 'action', json: (row) => row.action },
  { key: 'says', json: (row) => row.says, column: { title: 'Action', flexible: true } },
  { key: 'subject', json: (row) => row.subject, column: { title: 'Subject', flexible: true } },
  {
    key: 'whyNot',
    json: (row) => row.whyNot,
    column: { title: 'Undo', sentence: true },
    cell: (row) => row.whyNot ?? `castellan log undo ${row.entry}`,
  },
]

export const define: DefineVerb = (command, act) => {
  const list = command
    .command('list')
    .description(
      'List what people did here, newest first: the command that undoes each entry, or why it cannot be undone.',
    )
    .option('--search <text>', 'only with this in the subject, the action or the name of the operator')
  defineListVerb<JournalEntryView, { readonly search?: string }>(list, act, {
    fields: FIELDS,
    empty: 'No entries.',
    read:
      (api, { search, client }) =>
      (slice) =>
        api.journal.list({
          ...(client === undefined ? {} : { client }),
          ...(search === undefined ? {} : { search }),
          ...slice,
        }),
  })

  const undo = command
    .command('undo')
    .description('Undo what an entry of the audit log records. The undo is an entry too.')
    .argument('<entry>', 'the number of the entry, as “log list” shows it', wholeNumber)
  act<object, [number]>(undo, async (run, _options, entry) => {
    const { undone } = await run.withApi('write', (api) => api.journal.undo({ entry }))
    await printRow(run, FIELDS, undone, `Undid entry ${entry}: ${undone.says}: ${shown(undone.subject)}.`)
  })
}
