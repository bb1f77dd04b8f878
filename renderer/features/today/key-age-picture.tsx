import { SegmentedControl, Table } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo, type ReactElement } from 'react'

import type { ClientOverview } from '../../../shared/contract/overview.ts'
import { StackedBars } from '../../charts/stacked-bars.tsx'
import { useScope } from '../../data/scope.ts'
import { ClientMark } from '../../ui/client-badge.tsx'
import { wholeNumber } from '../../ui/relative.ts'
import { computeKeyAges, type KeyAges } from './key-ages.ts'

const route = getRouteApi('/')

/** The ages of the keys, by client: as a chart, and as a table. */
export function KeyAgePicture({ clients }: { readonly clients: readonly ClientOverview[] }): ReactElement | null {
  const { ages = 'chart' } = route.useSearch()
  const navigate = route.useNavigate()
  const data = useMemo(() => computeKeyAges(clients), [clients])
  const rows = useMemo(() => data.rows.map(({ name }) => name), [data])
  if (data.total === 0) return null
  return (
    <section className="c-card" aria-labelledby="key-ages">
      <header className="c-card-head">
        <h2 className="c-card-title" id="key-ages">
          Age of keys
        </h2>
        <SegmentedControl
          aria-label="Show the age of keys as"
          value={ages}
          onChange={(value) =>
            void navigate({
              search: (search) => ({ ...search, ages: value === 'table' ? ('table' as const) : undefined }),
              replace: true,
            })
          }
          data={[
            { value: 'chart', label: 'Chart' },
            { value: 'table', label: 'Table' },
          ]}
        />
      </header>
      {ages === 'chart' ? (
        <StackedBars rows={rows} series={data.series} summary={data.summary} unit="keys" />
      ) : (
        <AgeTable data={data} />
      )}
    </section>
  )
}

function AgeTable({ data }: { readonly data: KeyAges }): ReactElement {
  const { setClient } = useScope()
  return (
    <Table.ScrollContainer minWidth={640} type="native">
      <Table className="c-table" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Client</Table.Th>
            {data.series.map((each) => (
              <Table.Th key={each.label} className="c-number">
                {each.label}
              </Table.Th>
            ))}
            <Table.Th className="c-number">All</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.rows.map((row, index) => (
            <Table.Tr key={row.slug}>
              <Table.Th scope="row">
                <button
                  type="button"
                  className="c-link"
                  title="Show only this client"
                  onClick={() => setClient(row.slug)}
                >
                  <ClientMark client={row} />
                </button>
              </Table.Th>
              {data.series.map((each) => (
                <Table.Td key={each.label} className="c-number">
                  {wholeNumber(each.values[index] ?? 0)}
                </Table.Td>
              ))}
              <Table.Td className="c-number">{wholeNumber(row.total)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
