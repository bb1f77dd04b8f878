import { Table } from '@mantine/core'
import type { ReactElement } from 'react'

import type { CoverageRow, ProviderCoverage } from '../../../shared/contract/coverage.ts'
import { coverageWord, type CoverageState } from '../../../shared/domain/coverage.ts'
import { query } from '../../data/api.ts'
import { Named } from '../../ui/named.tsx'
import { PanelSection } from '../../ui/panel/panel-section.tsx'
import { plural } from '../../ui/relative.ts'
import { Answer } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { useQuery } from '../../ui/use-query.ts'
import classes from './connections.module.css'

/** The lists that a connection's provider offers, those that the last sync read, and what may not be concluded. */
export function CoverageSection({ connectionId }: { readonly connectionId: number }): ReactElement {
  const coverage = useQuery(query.coverage.list.queryOptions({ input: { connection: connectionId } }))
  return (
    <PanelSection title="Coverage">
      <Answer of={coverage} what="the coverage" rows={3}>
        {(data) => data.map((each) => <Offers key={each.provider} coverage={each} />)}
      </Answer>
    </PanelSection>
  )
}

function Offers({ coverage: { rows, basis } }: { readonly coverage: ProviderCoverage }): ReactElement {
  const read = rows.filter(({ state }) => state === 'complete')
  const open = rows.filter(({ state }) => state !== 'complete')
  return (
    <details className={classes['coverage']}>
      <summary>
        {`${read.length} of ${plural(rows.length, 'thing')} that the provider offers ${read.length === 1 ? 'was' : 'were'} read`}
      </summary>
      <Table className="c-table c-table-tight">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Offered, and what may not be concluded</Table.Th>
            <Table.Th>State</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {[...open, ...read].map((row) => (
            <OfferRow key={row.what} row={row} />
          ))}
        </Table.Tbody>
      </Table>
      <p className="c-sub">
        Offers by <Named text={basis.join('; ')} />.
      </p>
    </details>
  )
}

function OfferRow({ row: { what, state, unknown, reason } }: { readonly row: CoverageRow }): ReactElement {
  return (
    <Table.Tr>
      <Table.Th scope="row">
        {what}
        {unknown === null ? null : <span className="c-sub">{`Unknown: ${unknown}.`}</span>}
        {reason === null ? null : (
          <span className="c-sub">
            <Named text={reason} />
          </span>
        )}
      </Table.Th>
      <Table.Td>
        <Status tone={TONES[state]} plain>
          {capital(coverageWord(state))}
        </Status>
      </Table.Td>
    </Table.Tr>
  )
}

const TONES = {
  complete: 'good',
  partial: 'warn',
  unavailable: 'quiet',
  denied: 'bad',
  failed: 'bad',
  cancelled: 'quiet',
  'not-synced': 'quiet',
  'not-read': 'quiet',
} as const satisfies Record<CoverageState, string>

function capital(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`
}
