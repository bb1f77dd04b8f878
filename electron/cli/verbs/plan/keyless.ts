import type { KeylessProgress } from '../../../../shared/contract/keyless.ts'
import { KEYLESS, type KeylessFilter } from '../../../../shared/nouns/keyless.ts'
import type { Outputs } from '../../../../shared/contract/contract.ts'
import { MAX_SLICE } from '../../../../shared/contract/common.ts'
import { platformName } from '../../../../shared/domain/keyless/platforms.ts'
import { plainJson } from '../../../../shared/domain/text/visible-text.ts'
import type { Command } from '../../kit/command.ts'
import { asList } from '../../kit/layout.ts'
import { printDocument } from '../../kit/document.ts'
import { EXIT } from '../../kit/exit-code.ts'
import { addFilters, toFields } from '../../kit/noun.ts'
import { type Field, makeSlices, once } from '../../kit/listing.ts'
import { printListing } from '../../kit/print-listing.ts'
import { wholeNumber } from '../../kit/options.ts'
import { type Act, readScope, type Run } from '../../kit/run.ts'
import { shown } from '../../kit/text/shown.ts'

const FIELDS = toFields(KEYLESS, {
  platform: (row) => (row.platform === null ? '' : platformName(row.platform)),
})

const PROGRESS: readonly Field<KeylessProgress>[] = [
  { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
  { key: 'static', json: (row) => row.static, column: { title: 'Without a rule', align: 'right' } },
  { key: 'beside', json: (row) => row.beside, column: { title: 'Beside a rule', align: 'right' } },
  { key: 'retired', json: (row) => row.retired, column: { title: 'Retired', align: 'right' } },
]

interface Options extends KeylessFilter {
  readonly key?: number
  readonly progress?: boolean
  readonly format?: string
  readonly columns?: readonly string[]
}

const EMPTY = 'No key of a pipeline or a cloud workload was found that federation could replace.'

/** `plan keyless`. */
export function defineKeyless(command: Command, act: Act): void {
  const keyless = command
    .command('keyless')
    .summary('list keys that federation can replace, what to configure, and the last day of each')
    .about({
      calls: ['keyless.list', 'keyless.get --key', 'keyless.progress --progress', 'keyless.markdown --format'],
      example: ['--client acme --format md > keyless.md', '--key 12'],
    })
    .option('--key <id>', 'what to configure for one key, on its platform or on each', wholeNumber)
    .option('--progress', 'how far each client is: keys without a rule, beside one, retired')
  addFilters(keyless, KEYLESS.filters)
  asList(keyless, FIELDS, { also: PROGRESS })
  act<Options, []>(keyless, async (run, options) => {
    const { key, progress, format: _, columns: __, ...filter } = options
    const asked = { ...filter, ...readScope(run) }
    if (key === undefined && progress !== true && run.layout.format === 'md' && run.layout.keys === null) {
      await printDocument(run, 'keyless.markdown', asked)
      return EXIT.done
    }
    await run.withApi('read', async (api) => {
      if (key !== undefined) return printSetup(run, await api.keyless.get({ keyId: key }))
      if (progress === true) {
        const rows = await api.keyless.progress(readScope(run))
        return printListing(run, { fields: PROGRESS, empty: EMPTY }, once(rows))
      }
      const slices = makeSlices((slice) => api.keyless.list({ ...asked, ...slice }), MAX_SLICE)
      await printListing(run, { fields: FIELDS, empty: EMPTY }, slices)
    })
    return EXIT.done
  })
}

type Setup = Outputs['keyless']['get']

/** Prints the settings for one key: on its platform, or on each where it is not known. */
async function printSetup(run: Run, { row, setups }: Setup): Promise<void> {
  if (run.json) return run.terminal.out(plainJson(`${JSON.stringify({ keyId: row.keyId, setups }, null, 2)}\n`))
  const own = row.platform === null ? setups : setups.slice(0, 1)
  const lines = own.flatMap(({ name, rule, steps, snippets }) => [
    `${name}: issuer ${rule.issuer}, subject ${rule.subject}, audience ${rule.audience}`,
    rule.hint,
    ...steps.map((step, n) => `${n + 1}. ${shown(step)}`),
    ...snippets.flatMap(({ title, text }) => ['', `${title}:`, '', ...text.split('\n').map(shown)]),
  ])
  await run.terminal.out(
    `${shown(row.name)}, until ${row.lastDay} (${row.lastDayBecause})\n${row.reasons.join(' ')}\n\n${lines.join('\n')}\n`,
  )
}
