import { Table } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { memo, type ReactElement } from 'react'

import type { Outputs } from '../../../shared/contract/contract.ts'
import type { UsageBy, UsageRow } from '../../../shared/contract/usage.ts'
import { dollarText } from '../../../shared/domain/text/money.ts'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Named } from '../../ui/named.tsx'
import { wholeNumber } from '../../ui/relative.ts'
import { visibleText } from '../../ui/text.ts'
import styles from './usage.module.css'
import { bucketWord, byWord } from '../../entities/usage-labels.ts'

interface UsageTableProps {
  readonly by: UsageBy
  readonly usage: Outputs['usage']['by']
  /** The usage answers the previous question, and is not redrawn. */
  readonly isOld: boolean
  /** Opens the details of a row. */
  readonly open: (rowKey: string) => void
}

/**
 * Usage of a month, grouped, most expensive first. The cells are bare elements: hundreds of them, redrawn with each
 * choice, cost several times as much as components of a table.
 */
export const UsageTable = memo(function UsageTable({ by, usage, open }: UsageTableProps): ReactElement {
  const { rows, total, count } = usage
  return (
    <Table.ScrollContainer minWidth={860} type="native">
      <Table className={`c-table ${styles['rows'] ?? ''}`}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{byWord(by)}</Table.Th>
            <Table.Th>Client</Table.Th>
            <Table.Th className="c-number">Requests</Table.Th>
            <Table.Th className="c-number">Input tokens</Table.Th>
            <Table.Th className="c-number">Cached</Table.Th>
            <Table.Th className="c-number">Output tokens</Table.Th>
            <Table.Th className="c-number">USD</Table.Th>
            <Table.Th className="c-number">Estimated</Table.Th>
            <Table.Th>
              <span className="c-visually-hidden">Details</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <tr key={row.rowKey}>
              <th scope="row">
                <Subject by={by} row={row} />
              </th>
              <td>{row.client === null ? '–' : <ClientMark client={row.client} />}</td>
              <Numbers of={row} />
              <td className="c-row-actions">
                <button
                  type="button"
                  className="c-link"
                  aria-label={`Details of ${visibleText(row.name ?? bucketWord(by))}`}
                  onClick={() => open(row.rowKey)}
                >
                  Details
                </button>
              </td>
            </tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <tr>
            <th scope="row">{rows.length < count ? `All ${wholeNumber(count)}` : 'All'}</th>
            <Table.Td />
            <Numbers of={total} />
            <Table.Td />
          </tr>
        </Table.Tfoot>
      </Table>
    </Table.ScrollContainer>
  )
}, isTheSame)

function isTheSame(was: UsageTableProps, is: UsageTableProps): boolean {
  return is.isOld || (is.usage === was.usage && is.by === was.by && is.open === was.open)
}

function Numbers({ of }: { readonly of: Outputs['usage']['by']['total'] }): ReactElement {
  return (
    <>
      <td className="c-number">{wholeNumber(of.requests)}</td>
      <td className="c-number">{wholeNumber(of.input)}</td>
      <td className="c-number">{wholeNumber(of.cached)}</td>
      <td className="c-number">{wholeNumber(of.output)}</td>
      <td className="c-number">{dollarText(of.cost)}</td>
      <td className="c-number">{of.estimate === 0 ? '–' : `≈ ${dollarText(of.estimate)}`}</td>
    </>
  )
}

/** The name; a link when the register knows the subject. */
function Subject({ by, row }: { readonly by: UsageBy; readonly row: UsageRow }): ReactElement {
  const name = <Named text={row.name ?? ''} otherwise={bucketWord(by)} />
  if (row.ref === null) return name
  if (by === 'project')
    return (
      <Link to="/projects" search={{ project: row.ref }}>
        {name}
      </Link>
    )
  if (by === 'key')
    return (
      <Link to="/keys" search={{ key: row.ref }}>
        {name}
      </Link>
    )
  if (by === 'person')
    return (
      <Link to="/people" search={{ person: row.ref }}>
        {name}
      </Link>
    )
  return name
}
