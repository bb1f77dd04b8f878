import { Table } from '@mantine/core'
import type { ReactElement } from 'react'

import type { UnmatchedProject } from '../../../shared/contract/reconciliation.ts'
import { dollarText } from '../../../shared/domain/text/money.ts'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Named } from '../../ui/named.tsx'
import { wholeNumber } from '../../ui/relative.ts'
import { numbers, SmallTable } from '../../ui/table/small-table.tsx'

const MOST_ROWS = 100

/** Project names in records that match no single project, with their usage. Nothing without one. */
export function Unmatched({ rows }: { readonly rows: readonly UnmatchedProject[] }): ReactElement | null {
  if (rows.length === 0) return null
  return (
    <section className="c-card" aria-labelledby="unmatched">
      <header className="c-card-head">
        <h2 className="c-card-title" id="unmatched">
          Unmatched project names
        </h2>
      </header>
      <SmallTable minWidth={560} headings={['In the records', 'Client', 'Why', numbers('USD'), numbers('Tokens')]}>
        {rows.slice(0, MOST_ROWS).map(({ client, word, because, cost, tokens }) => (
          <Table.Tr key={`${client.slug} ${word}`}>
            <Table.Th scope="row">
              <Named text={word} />
            </Table.Th>
            <Table.Td>
              <ClientMark client={client} />
            </Table.Td>
            <Table.Td>
              {because === 'unknown' ? 'No project has this id or name' : 'Several projects have this name'}
            </Table.Td>
            <Table.Td className="c-number">{dollarText(cost)}</Table.Td>
            <Table.Td className="c-number">{wholeNumber(tokens)}</Table.Td>
          </Table.Tr>
        ))}
      </SmallTable>
    </section>
  )
}
