import { Table } from '@mantine/core'
import type { ReactElement } from 'react'

import { Named } from '../../ui/named.tsx'
import type { ShownLine } from '../../entities/series-data.ts'

interface SeriesTableProps {
  readonly periods: readonly string[]
  readonly lines: readonly ShownLine[]
  readonly say: (value: number) => string
  readonly open: (period: string, rowKey: string) => void
}

/** The numbers of the chart: a row for each day or month, latest first. Each number opens its details. */
export function SeriesTable({ periods, lines, say, open }: SeriesTableProps): ReactElement {
  return (
    <Table.ScrollContainer minWidth={640} type="native">
      <Table className="c-table" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Period</Table.Th>
            {lines.map((line) => (
              <Table.Th key={line.rowKey ?? line.label} className="c-number">
                <Named text={line.label} />
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {periods
            .map((period, at) => (
              <Table.Tr key={period}>
                <Table.Th scope="row">{period}</Table.Th>
                {lines.map(({ rowKey, label, values }) => (
                  <Table.Td key={rowKey ?? label} className="c-number">
                    {rowKey === null || (values[at] ?? 0) === 0 ? (
                      say(values[at] ?? 0)
                    ) : (
                      <button
                        type="button"
                        className="c-link"
                        aria-label={`${period}, ${label}: ${say(values[at] ?? 0)}, details`}
                        onClick={() => open(period, rowKey)}
                      >
                        {say(values[at] ?? 0)}
                      </button>
                    )}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))
            .toReversed()}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th scope="row">All</Table.Th>
            {lines.map(({ rowKey, label, total }) => (
              <Table.Td key={rowKey ?? label} className="c-number">
                {say(total)}
              </Table.Td>
            ))}
          </Table.Tr>
        </Table.Tfoot>
      </Table>
    </Table.ScrollContainer>
  )
}
