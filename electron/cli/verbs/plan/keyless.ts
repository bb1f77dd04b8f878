import { type Command } from 'commander'

import type { KeylessFilter, KeylessProgress, KeylessRow } from '../../../../shared/contract/keyless.ts'
import { KEYLESS_STATES } from '../../../../shared/contract/keyless.ts'
import type { Outputs } from '../../../../shared/contract/contract.ts'
import { MAX_SLICE } from '../../../../shared/contract/common.ts'
import { CERTAINTIES } from '../../../../shared/domain/certainty.ts'
import { platformName, PLATFORMS } from '../../../../shared/domain/keyless/platforms.ts'
import { plainJson } from '../../../../shared/domain/text/visible-text.ts'
import { asList } from '../../kit/layout.ts'
import { printDocument } from '../../kit/document.ts'
import { EXIT } from '../../kit/exit-code.ts'
import { CONNECTION_FIELDS } from '../../kit/fields.ts'
import { type Field, makeSlices, once } from '../../kit/listing.ts'
import { printListing } from '../../kit/print-listing.ts'
import { manyOption, wholeNumber } from '../../kit/options.ts'
import { type Act, readScope, type Run } from '../../kit/run.ts'
import { shown } from '../../kit/text/shown.ts'

const FIELDS: readonly Field<KeylessRow>[] = [
  { key: 'keyId', json: (row) => row.keyId, column: { title: 'ID', align: 'right' } },
  { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
  ...CONNECTION_FIELDS,
  { key: 'provider', json: (row) => row.connection.provider },
  { key: 'key', json: (row) => row.name, column: { title: 'Key', flexible: true } },
  { key: 'projectId', json: (row) => row.project?.id ?? null },
  { key: 'project', json: (row) => row.project?.name ?? null },
  { key: 'accountId', json: (row) => row.account?.id ?? null },
  { key: 'account', json: (row) => row.account?.name ?? row.account?.externalId ?? null },
  { key: 'state', json: (row) => row.state, column: { title: 'State' } },
  { key: 'certainty', json: (row) => row.certainty, column: { title: 'Certainty' } },
  { key: 'reasons', json: (row) => row.reasons.join(' ') },
  {
    key: 'platform',
    json: (row) => row.platform,
    column: { title: 'Platform' },
    cell: (row) => (row.platform === null ? '' : platformName(row.platform)),
  },
  { key: 'rule', json: (row) => row.rule?.workload ?? null, column: { title: 'Rule', flexible: true } },
  { key: 'lastDay', json: (row) => row.lastDay, column: { title: 'Last day' } },
  { key: 'lastDayBecause', json: (row) => row.lastDayBecause },
  { key: 'dueOn', json: (row) => row.dueOn },
]

const PROGRESS: readonly Field<KeylessProgress>[] = [
  { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
  { key: 'static', json: (row) => row.static, column: { title: 'Without a rule', align: 'right' } },
  { key: 'beside', json: (row) => row.beside, column: { title: 'Beside a rule', align: 'right' } },
  { key: 'retired', json: (row) => row.retired, column: { title: 'Retired', align: 'right' } },
]

interface Options extends Pick<KeylessFilter, 'search' | 'state' | 'certainty' | 'platform'> {
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
    .option('--key <id>', 'what to configure for one key, on its platform or on each', wholeNumber)
    .option('--progress', 'how far each client is: keys without a rule, beside one, retired')
    .option('--search <text>', 'part of the name of a key, its project or its account')
    .addOption(manyOption('--state <state>', 'only this state', KEYLESS_STATES))
    .addOption(manyOption('--certainty <certainty>', 'only as certain as this', CERTAINTIES))
    .addOption(manyOption('--platform <platform>', 'only keys used there', PLATFORMS))
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

/** What to configure for one key: on its platform, or on each where it is not known. */
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
