import type { Settings } from '../../../shared/contract/app.ts'
import { describeKeys } from '../kit/describe-keys.ts'
import { EXIT } from '../kit/exit-code.ts'
import type { Field } from '../kit/listing.ts'
import { printRow } from '../kit/print-row.ts'
import type { DefineVerb, Run } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'

const FIELDS: readonly Field<Settings>[] = [
  { key: 'operator', json: (row) => row.operator },
  { key: 'colourScheme', json: (row) => row.colourScheme },
]

export const define: DefineVerb = (command, act) => {
  const show = command.command('show').description('Show the settings of this profile.')
  describeKeys(show, FIELDS)
  act<object, []>(show, async (run) => {
    await print(run, await run.withApi('read', (api) => api.settings.get()))
    return EXIT.done
  })

  const set = command
    .command('set')
    .description('Set the name under which the audit log records what is done here.')
    .requiredOption('--operator <name>', 'the name of the person who works here')
  describeKeys(set, FIELDS)
  act<{ readonly operator: string }, []>(set, async (run, { operator }) => {
    await print(run, await run.withApi('write', (api) => api.settings.set({ operator })))
    return EXIT.done
  })
}

async function print(run: Run, settings: Settings): Promise<void> {
  await printRow(run, FIELDS, settings, `Operator: ${shown(settings.operator)}`)
}
