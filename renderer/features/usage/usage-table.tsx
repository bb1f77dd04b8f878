import { Table } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { Outputs } from '../../../shared/contract/contract.ts'
import type { UsageBy, UsageRow } from '../../../shared/contract/usage.ts'
import { dollarText } from '../../../shared/domain/usage/money.ts'
import { ClientMark } from '../../ui/client-mark.tsx'
import { Named } from '../../ui/named.tsx'
import { wholeNumber } from '../../ui/relative.ts'
import { visibleText } from '../../ui/text.ts'
import { bucketWord, byWord } from './words.ts'

interface UsageTableProps {
  readonly by: UsageBy
  readonly usage: Outputs['usage']['by']
  /** Opens what is inside a row. */
  readonly open: (rowKey: string) => void
}

/** Usage of a month, added up, most expensive first. */
export function UsageTable({ by, usage, open }: UsageTableProps): ReactElement {
  const { rows, total, count } = usage
  return (
    <Table.ScrollContainer minWidth={860} type="native">
      <Table className="c-table" highlightOnHover>
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
              <span className="c-visually-hidden">Inside</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.rowKey}>
              <Table.Th scope="row">
                <Subject by={by} row={row} />
              </Table.Th>
              <Table.Td>{row.client === null ? '–' : <ClientMark client={row.client} />}</Table.Td>
              <Numbers of={row} />
              <Table.Td className="c-row-actions">
                <button
                  type="button"
                  className="c-link"
                  aria-label={`What is inside ${visibleText(row.name ?? bucketWord(by))}`}
                  onClick={() => open(row.rowKey)}
                >
                  Inside
                </button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <Table.Tr>
            <Table.Th scope="row">{rows.length < count ? `All ${wholeNumber(count)}` : 'All'}</Table.Th>
            <Table.Td />
            <Numbers of={total} />
            <Table.Td />
          </Table.Tr>
        </Table.Tfoot>
      </Table>
    </Table.ScrollContainer>
  )
}

function Numbers({ of }: { readonly of: Outputs['usage']['by']['total'] }): ReactElement {
  return (
    <>
      <Table.Td className="c-number">{wholeNumber(of.requests)}</Table.Td>
      <Table.Td className="c-number">{wholeNumber(of.input)}</Table.Td>
      <Table.Td className="c-number">{wholeNumber(of.cached)}</Table.Td>
      <Table.Td className="c-number">{wholeNumber(of.output)}</Table.Td>
      <Table.Td className="c-number">{dollarText(of.cost)}</Table.Td>
      <Table.Td className="c-number">{of.estimate === 0 ? '–' : `≈ ${dollarText(of.estimate)}`}</Table.Td>
    </>
  )
}

/** The name; a link where the register knows the subject. */
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
