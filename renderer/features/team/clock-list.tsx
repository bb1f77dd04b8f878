import { Table } from '@mantine/core'
import type { ReactElement } from 'react'

import type { TeamStatus } from '../../../shared/contract/team.ts'
import { describeDifference } from '../../../shared/team/clocks.ts'
import { absoluteTime, wholeNumber } from '../../ui/relative.ts'
import { SmallTable } from '../../ui/table/small-table.tsx'
import { visibleText } from '../../ui/text.ts'
import { nameAuthor } from './team-labels.ts'
import classes from './team.module.css'
import { useClientNames } from './use-client-names.ts'

/** The entries that were decided by a clock that was wrong; absent while none is known. */
export function ClockList({ team }: { readonly team: TeamStatus }): ReactElement | null {
  const findName = useClientNames()
  if (team.clocks.length === 0) return null
  return (
    <section className="c-card" aria-label="Decided by a clock that was wrong">
      <div className="c-card-head">
        <h2 className="c-card-title">Decided by a clock that was wrong</h2>
      </div>
      <div className={classes['body']}>
        <p className="c-prose">
          The clock of the author’s device and the server’s cannot both be right for these entries. Their order and
          their effect do not follow from times. When the server placed an entry is its word, and proves nothing.
        </p>
      </div>
      <SmallTable
        id="entries-by-a-wrong-clock"
        minWidth={740}
        headings={['By', 'What', 'Decided', 'Placed', 'That clock was']}
      >
        {team.clocks.map(({ stream, client, position, member, own, decided, at, placedAt, clockMs }) => (
          <Table.Tr key={`${stream} ${position}`}>
            <Table.Th scope="row">{nameAuthor(member, own)}</Table.Th>
            <Table.Td>
              {decided === null ? <span className="c-quiet">Unknown</span> : visibleText(decided)}
              <span className="c-sub">
                {findName(client) ?? 'The team'}, position {wholeNumber(position)}
              </span>
            </Table.Td>
            <Table.Td className="c-when">{absoluteTime(at)}</Table.Td>
            <Table.Td className="c-when">{absoluteTime(placedAt)}</Table.Td>
            <Table.Td>About {describeDifference(clockMs)}</Table.Td>
          </Table.Tr>
        ))}
      </SmallTable>
    </section>
  )
}
