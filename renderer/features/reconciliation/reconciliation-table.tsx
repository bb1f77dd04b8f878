import { Table } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type {
  ReconciliationRow,
  ReconciliationSums,
  ReconciliationTotal,
  ReconciliationBy,
} from '../../../shared/contract/reconciliation.ts'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Named } from '../../ui/named.tsx'
import { wholeNumber } from '../../ui/relative.ts'
import type { Measure } from './search.ts'
import { amountText, bucketWord, percentText } from './labels.ts'

/** The page shows at most this many rows; the terminal lists all. */
const MOST_ROWS = 500

interface ReconciliationTableProps {
  readonly rows: readonly ReconciliationRow[]
  readonly total: ReconciliationTotal
  readonly by: ReconciliationBy
  readonly measure: Measure
}

const TITLES = { project: 'Project', model: 'Model', day: 'Day' } as const

/** Billed and internal usage of each project, model or day, and the total. */
export function ReconciliationTable({ rows, total, by, measure }: ReconciliationTableProps): ReactElement {
  const shown = rows.slice(0, MOST_ROWS)
  return (
    <Table.ScrollContainer minWidth={760} type="native">
      <Table className="c-table" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{TITLES[by]}</Table.Th>
            {by === 'project' ? <Table.Th>Client</Table.Th> : null}
            <Table.Th className="c-number">Billed</Table.Th>
            <Table.Th className="c-number">Internal</Table.Th>
            <Table.Th className="c-number">Covered</Table.Th>
            <Table.Th className="c-number">Coverage</Table.Th>
            <Table.Th className="c-number">Uncovered</Table.Th>
            <Table.Th className="c-number">Over-reported</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((row) => (
            <Table.Tr key={row.rowKey}>
              <Table.Th scope="row">
                <Subject row={row} by={by} />
              </Table.Th>
              {by === 'project' ? (
                <Table.Td>{row.client === null ? '–' : <ClientMark client={row.client} />}</Table.Td>
              ) : null}
              <Numbers of={row[measure]} measure={measure} />
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th scope="row">{shown.length < rows.length ? `All ${wholeNumber(rows.length)}` : 'All'}</Table.Th>
            {by === 'project' ? <Table.Td /> : null}
            <Numbers of={total[measure]} measure={measure} />
          </Table.Tr>
        </Table.Tfoot>
      </Table>
    </Table.ScrollContainer>
  )
}

function Numbers({ of, measure }: { readonly of: ReconciliationSums; readonly measure: Measure }): ReactElement {
  return (
    <>
      <Table.Td className="c-number">{amountText(measure, of.billed)}</Table.Td>
      <Table.Td className="c-number">{amountText(measure, of.claimed)}</Table.Td>
      <Table.Td className="c-number">{amountText(measure, of.covered)}</Table.Td>
      <Table.Td className="c-number">{percentText(of)}</Table.Td>
      <Table.Td className="c-number">{amountText(measure, of.uncovered)}</Table.Td>
      <Table.Td className="c-number">{amountText(measure, of.overClaimed)}</Table.Td>
    </>
  )
}

function Subject({
  row,
  by,
}: {
  readonly row: ReconciliationRow
  readonly by: ReconciliationTableProps['by']
}): ReactElement {
  const name = <Named text={row.name} otherwise={bucketWord(row.kind, by)} />
  if (row.ref === null) return name
  return (
    <Link to="/projects" search={{ project: row.ref }}>
      {name}
    </Link>
  )
}
