import type { z } from 'zod'

import { type RecommendationRow, RECOMMENDATIONS } from '../../../shared/nouns/recommendations.ts'
import { MAX_SLICE } from '../../../shared/contract/common.ts'
import { asList } from '../kit/layout.ts'
import { type Listing, printLines, makeSlices } from '../kit/listing.ts'
import { printListing } from '../kit/print-listing.ts'
import { EXIT } from '../kit/exit-code.ts'
import { addFilters, toFields } from '../kit/noun.ts'
import { type DefineVerb, readScope } from '../kit/run.ts'
import { shown } from '../kit/text/shown.ts'
import { dayCell } from '../kit/text/when.ts'

const LISTING: Listing<RecommendationRow> = {
  fields: toFields(RECOMMENDATIONS, {
    enough: (row) => (row.key !== null ? 'federation' : row.enough === null ? 'none' : shown(row.enough)),
    evidence: (row) =>
      shown(row.evidence.map(({ says, at }) => (at === null ? says : `${says} ${dayCell(at)}.`)).join(' ')),
  }),
  empty: 'No recommendations: recorded use needs every role.',
}

type Options = z.input<typeof RECOMMENDATIONS.filter>

export const define: DefineVerb = (command, act) => {
  const list = command
    .command('list')
    .description(
      'List roles that exceed the recorded use of the last 90 days, each with the smaller role that is sufficient.',
    )
    .about({ calls: 'recommendations.list', example: '--person 12' })
  addFilters(list, RECOMMENDATIONS.filters)
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
