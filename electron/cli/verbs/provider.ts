import { Option } from 'commander'

import type { CoverageRow, ProviderCoverage } from '../../../shared/contract/coverage.ts'
import { coverageWord } from '../../../shared/domain/coverage.ts'
import { PROVIDER_IDS, providerWords, type ProviderId } from '../../../shared/domain/providers/providers.ts'
import type { Field } from '../kit/listing.ts'
import { defineListVerb } from '../kit/list-verb.ts'
import { wholeNumber } from '../kit/options.ts'
import type { DefineVerb } from '../kit/run.ts'
import { bad, faint, good, warning, type Painter } from '../kit/text/paint.ts'
import { shown } from '../kit/text/shown.ts'
import type { Cell } from '../kit/text/cell.ts'
import { isoTime } from '../kit/text/when.ts'

interface Row extends CoverageRow {
  readonly of: ProviderCoverage
}

function stateCell(paint: Painter, { state }: CoverageRow): Cell {
  const word = coverageWord(state)
  if (state === 'complete') return good(paint, word)
  if (state === 'not-read' || state === 'not-synced') return faint(paint, word)
  return state === 'unavailable' || state === 'partial' ? warning(paint, word) : bad(paint, word)
}

function coverageFields(paint: Painter): readonly Field<Row>[] {
  return [
    { key: 'client', json: ({ of }) => of.client?.slug ?? null },
    { key: 'connectionId', json: ({ of }) => of.connection?.id ?? null },
    {
      key: 'connection',
      json: ({ of }) => of.connection?.label ?? null,
      column: { title: 'Connection' },
      cell: ({ of }) => shown(of.connection?.label ?? providerWords(of.provider, of.platform)),
    },
    { key: 'provider', json: ({ of }) => of.provider },
    { key: 'platform', json: ({ of }) => of.platform },
    { key: 'syncId', json: ({ of }) => of.sync?.id ?? null },
    { key: 'readAt', json: ({ of }) => isoTime(of.sync?.finishedAt ?? null) },
    { key: 'what', json: (row) => row.what, column: { title: 'Offered', flexible: true } },
    { key: 'state', json: (row) => row.state, column: { title: 'State' }, cell: (row) => stateCell(paint, row) },
    { key: 'fetched', json: (row) => row.fetched, column: { title: 'Rows', align: 'right' } },
    { key: 'unknown', json: (row) => row.unknown, column: { title: 'Not to be concluded', flexible: true } },
    { key: 'reason', json: (row) => row.reason, column: { title: 'Why', sentence: true, optional: true } },
    { key: 'methods', json: ({ methods }) => methods.join(', ') },
    { key: 'basis', json: ({ of }) => of.basis.join('; ') },
  ]
}

interface Options {
  readonly connection?: number
  readonly provider?: ProviderId
}

export const define: DefineVerb = (command, act) => {
  const coverage = command
    .command('coverage')
    .summary('list what each provider offers, what the last sync read, and what may not be concluded')
    .about({ calls: 'coverage.list', example: ['--client acme', '--provider openai --json'] })
    .option('--connection <id>', 'only this connection', wholeNumber)
    .addOption(new Option('--provider <provider>', 'only this provider').choices(PROVIDER_IDS))
  defineListVerb<Row, Options>(coverage, act, {
    fields: coverageFields,
    empty: 'No provider offers anything.',
    read: async (api, asked) =>
      (await api.coverage.list(asked)).flatMap((of) => of.rows.map((row): Row => ({ ...row, of }))),
  })
}
