import type { Settings } from '../../../shared/contract/app.ts'
import { plain } from '../../../shared/nouns/noun.ts'
import { printRow } from '../kit/listing.ts'
import { makeFields } from '../kit/noun.ts'
import type { DefineVerb, Run } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'

const FIELDS = makeFields<Settings>(plain('operator', 'colourScheme'))

export const define: DefineVerb = (command, act) => {
  const show = command
    .command('show')
    .description('Show the settings of this profile.')
    .about({ calls: 'settings.get' })
  show.prints(FIELDS)
  act<object, []>(show, async (run) => {
    await print(run, await run.withApi('read', (api) => api.settings.get()))
  })

  const set = command
    .command('set')
    .description('Set the name under which the audit log records what is done here.')
    .about({ calls: 'settings.set --operator', example: '--operator "Mara Lind"', isWhole: true })
    .requiredOption('--operator <name>', 'the name of the person who works here')
  set.prints(FIELDS)
  act<{ readonly operator: string }, []>(set, async (run, { operator }) => {
    await print(run, await run.withApi('write', (api) => api.settings.set({ operator })))
  })
}

async function print(run: Run, settings: Settings): Promise<void> {
  await printRow(run, FIELDS, settings, `Operator: ${shown(settings.operator)}`)
}
