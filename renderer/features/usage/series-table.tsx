import { Table } from '@mantine/core'
import type { ReactElement } from 'react'

import { formatWholePeriod } from '../../../shared/domain/text/dates.ts'
import type { PeriodReading } from '../../../shared/domain/usage/read-days.ts'
import { Named } from '../../ui/named.tsx'
import type { ShownLine } from '../../entities/series-data.ts'
import { visibleText } from '../../ui/text.ts'
import styles from './usage.module.css'

interface SeriesTableProps {
  readonly periods: readonly string[]
  /** Of how much of each period is known. */
  readonly read: readonly PeriodReading['state'][]
  /** A word for each period that was not wholly read, else an empty one. */
  readonly unread: readonly string[]
  readonly lines: readonly ShownLine[]
  readonly say: (value: number) => string
  readonly open: (period: string, rowKey: string) => void
}

/** The numbers of the chart: a row for each day or month, latest first. Each number opens its details. */
export function SeriesTable({ periods, read, unread, lines, say, open }: SeriesTableProps): ReactElement {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard
    <section className={styles['scroll']} tabIndex={0} aria-label="Numbers of the chart">
      <Table className={`c-table ${styles['series'] ?? ''}`} highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Period</Table.Th>
            {lines.map((line) => (
              <Table.Th key={line.rowKey ?? line.label} className="c-number">
                <Named text={line.label} />
              </Table.Th>
            ))}
            <Table.Th className="c-number">All</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {periods
            .map((period, at) => (
              <Table.Tr key={period}>
                <Table.Th scope="row">
                  {formatWholePeriod(period)}
                  {unread[at] ? ` (${unread[at]})` : ''}
                </Table.Th>
                {lines.map(({ rowKey, label, values }) => (
                  <Table.Td key={rowKey ?? label} className="c-number">
                    {rowKey === null || (values[at] ?? 0) === 0 ? (
                      sayRead(read[at], values[at] ?? 0, say)
                    ) : (
                      <button
                        type="button"
                        className="c-link"
                        aria-label={`${period}, ${visibleText(label)}: ${say(values[at] ?? 0)}, details`}
                        onClick={() => open(period, rowKey)}
                      >
                        {say(values[at] ?? 0)}
                      </button>
                    )}
                  </Table.Td>
                ))}
                <Table.Td className="c-number">{sayRead(read[at], sumAt(lines, at), say)}</Table.Td>
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
            <Table.Td className="c-number">{say(lines.reduce((sum, { total }) => sum + total, 0))}</Table.Td>
          </Table.Tr>
        </Table.Tfoot>
      </Table>
    </section>
  )
}

/** A period without a day that was read has no zero. */
function sayRead(state: PeriodReading['state'] | undefined, value: number, say: (value: number) => string): string {
  return state === 'none' && value === 0 ? '–' : say(value)
}

function sumAt(lines: readonly ShownLine[], period: number): number {
  return lines.reduce((sum, { values }) => sum + (values[period] ?? 0), 0)
}
