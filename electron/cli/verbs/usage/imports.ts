import type { UsageImported } from '../../../../shared/contract/usage.ts'
import { counted } from '../../../../shared/domain/counted.ts'
import { clientField, count, instant, minute, plain, text } from '../../../../shared/nouns/noun.ts'
import type { Command } from '../../kit/command.ts'
import { printLines, printObject, flat } from '../../kit/listing.ts'
import { EXIT, type ExitCode } from '../../kit/exit-code.ts'
import { wholeNumber } from '../../kit/options.ts'
import type { Act, Run } from '../../kit/run.ts'
import { shown } from '../../kit/text/shown.ts'
import { defineListVerb } from '../../kit/list-verb.ts'
import { makeFields } from '../../kit/noun.ts'

const FIELDS = makeFields<UsageImported>({
  importId: count('ID', { table: {} }),
  client: clientField({}),
  file: text('File', { table: { flexible: true } }),
  at: minute('Imported', { table: {} }),
  ...plain('by'),
  state: text('State', { table: {} }, getState),
  read: count('Read', { table: {} }),
  counted: count('Counted', { table: {} }),
  repeated: count('Before', { table: {} }),
  refused: count('Refused', { table: {} }),
  undoneAt: instant(''),
  ...plain('undoneBy'),
})

function getState({ complete, undoneAt }: UsageImported): string {
  if (undoneAt !== null) return 'undone'
  return complete ? 'imported' : 'broken off'
}

/** `usage import list` and `usage import undo`. */
export function defineImports(imports: Command, act: Act): void {
  const list = imports
    .command('list')
    .summary('list the files of usage records that were imported')
    .about({ calls: 'usage.imports', example: '--client acme' })
  defineListVerb(list, act, {
    fields: FIELDS,
    empty: 'No usage records were imported. Import a file: castellan usage import FILE --client SLUG',
    read: (api, asked) => (slice) => api.usage.imports({ ...asked, ...slice }),
    limit: 500,
  })
  const undo = imports
    .command('undo')
    .about({ calls: 'usage.undo', example: '1' })
    .asks('takes all records of the import out of the sums')
    .argument('<id>', 'the number of the import, as castellan usage import list shows it', wholeNumber)
    .summary('undo an import of usage records')
    .addHelpText(
      'after',
      '\nThe sums are then as if the file had never been imported; it can be imported again.\nA file in a watched folder is imported again when it grows; take it out of the folder first.\nJSON keys: those of usage import list, repeatedBy\n',
    )
  act<object, [number]>(undo, undoImport)
}

async function undoImport(run: Run, _options: object, importId: number): Promise<ExitCode> {
  const { import: undone, repeatedBy } = await run.withApi('write', (api) => api.usage.undo({ importId }))
  if (run.json) {
    await printObject(run.terminal, { ...flat(FIELDS, undone), repeatedBy })
    return EXIT.done
  }
  await printLines(run.terminal, [
    `Undone: ${shown(undone.file)}. ${counted(undone.counted, 'record')} removed from the sums.`,
    ...(repeatedBy.length === 0
      ? []
      : [
          `Later files repeated records that were counted before. Import them again so that none is missing: ${repeatedBy.map(shown).join(', ')}`,
        ]),
  ])
  return EXIT.done
}
