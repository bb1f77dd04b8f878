import { Option } from 'commander'

import type { RecommendationRow } from '../../../shared/contract/recommendations.ts'
import { MAX_SLICE } from '../../../shared/contract/common.ts'
import {
  ADVICE_KINDS,
  type RecommendationKind,
  SURENESS,
  type Sureness,
} from '../../../shared/domain/recommendations/recommendation.ts'
import { asList } from '../kit/layout.ts'
import { type Listing, printLines, makeSlices } from '../kit/listing.ts'
import { printListing } from '../kit/print-listing.ts'
import { EXIT } from '../kit/exit-code.ts'
import { wholeNumber } from '../kit/options.ts'
import { type DefineVerb, readScope } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'
import { dayCell, isoTime } from '../kit/text/when.ts'
import { plain, CONNECTION_FIELDS } from '../kit/fields.ts'

const LISTING: Listing<RecommendationRow> = {
  fields: [
    { key: 'sure', json: (row) => row.sure, column: { title: 'Confidence' } },
    { key: 'kind', json: (row) => row.kind },
    { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
    ...CONNECTION_FIELDS,
    { key: 'principalId', json: (row) => row.principal.id },
    { key: 'principalKind', json: (row) => row.principal.kind },
    { key: 'principal', json: (row) => row.principal.name, column: { title: 'Principal', flexible: true } },
    { key: 'personId', json: (row) => row.principal.personId },
    { key: 'keyId', json: (row) => row.key?.id ?? null },
    { key: 'key', json: (row) => row.key?.name ?? null },
    { key: 'projectId', json: (row) => row.project?.id ?? null },
    {
      key: 'project',
      json: (row) => row.project?.name ?? null,
      column: { title: 'Project', flexible: true },
      cell: (row) => (row.project === null ? '(organization)' : shown(row.project.name)),
    },
    { key: 'role', json: (row) => row.role, column: { title: 'Role' } },
    {
      key: 'enough',
      json: (row) => row.enough,
      column: { title: 'Sufficient' },
      cell: (row) => (row.key !== null ? 'federation' : row.enough === null ? 'none' : shown(row.enough)),
    },
    ...plain('says', 'sureBecause'),
    {
      key: 'evidence',
      json: (row) =>
        row.evidence.map(({ says, at }) => (at === null ? says : `${says} ${isoTime(at) ?? ''}.`)).join(' '),
      column: { title: 'Recorded', sentence: true, optional: true },
      cell: (row) =>
        shown(row.evidence.map(({ says, at }) => (at === null ? says : `${says} ${dayCell(at)}.`)).join(' ')),
    },
    { key: 'remediation', json: (row) => row.remediation.action },
  ],
  empty: 'No recommendations: recorded use needs every role.',
}

interface Options {
  readonly kind?: RecommendationKind
  readonly sure?: Sureness
  readonly person?: number
  readonly search?: string
}

export const define: DefineVerb = (command, act) => {
  const list = command
    .command('list')
    .description(
      'List roles that exceed the recorded use of the last 90 days, each with the smaller role that is sufficient.',
    )
    .addOption(new Option('--kind <kind>', 'only this kind').choices(ADVICE_KINDS))
    .addOption(new Option('--sure <sureness>', 'only as sure as this').choices(SURENESS))
    .option('--person <id>', 'only about this person', wholeNumber)
    .option('--search <text>', 'part of a name or an address')
  asList(list, LISTING.fields)
  act<Options, []>(list, async (run, options) => {
    const filter = { ...options, ...readScope(run) }
    await run.withApi('read', async (api) => {
      await printListing(
        run,
        LISTING,
        makeSlices((slice) => api.recommendations.list({ ...filter, ...slice }), MAX_SLICE),
      )
      if (run.layout.format !== 'table') return
      const { silent } = await api.recommendations.list({ ...filter, limit: 0 })
      await printLines(
        run.terminal,
        silent.map(
          ({ client, connection, people, says }) =>
            `Not reported: ${people} ${people === 1 ? 'person' : 'people'} of ${shown(client.name)}, ${shown(connection.label)}. ${shown(says)}`,
        ),
      )
    })
    return EXIT.done
  })
}
