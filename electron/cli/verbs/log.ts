import { JOURNAL } from '../../../shared/nouns/journal.ts'
import { printRow } from '../kit/listing.ts'
import { defineNounVerb, toFields } from '../kit/noun.ts'
import { wholeNumber } from '../kit/options.ts'
import type { DefineVerb } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'

const FIELDS = toFields(JOURNAL, { whyNot: (row) => row.whyNot ?? `castellan log undo ${row.entry}` })

export const define: DefineVerb = (command, act) => {
  const list = command
    .command('list')
    .description(
      'List what people did here, newest first: the command that undoes each entry, or why it cannot be undone.',
    )
    .about({ calls: 'journal.list --search', example: ['--client acme', '--search "Mara Lind" --json'] })
  defineNounVerb(list, act, JOURNAL, {
    fields: FIELDS,
    empty: 'No entries.',
    read: (api, filter) => (slice) => api.journal.list({ ...filter, ...slice }),
  })

  const undo = command
    .command('undo')
    .description('Undo what an entry of the audit log records. The undo is an entry too.')
    .about({ calls: 'journal.undo', example: '1204' })
    .asks('undoes what the entry records, which not every later undo can bring back')
    .argument('<entry>', 'the number of the entry, as “log list” shows it', wholeNumber)
  act<object, [number]>(undo, async (run, _options, entry) => {
    const { undone } = await run.withApi('write', (api) => api.journal.undo({ entry }))
    await printRow(run, FIELDS, undone, `Undid entry ${entry}: ${undone.says}: ${shown(undone.subject)}.`)
  })
}
