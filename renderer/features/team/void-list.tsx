import { Table } from '@mantine/core'
import type { ReactElement } from 'react'

import type { TeamStatus } from '../../../shared/contract/team.ts'
import { describeClockError, nameDevice } from '../../../shared/team/clocks.ts'
import { absoluteTime, wholeNumber } from '../../ui/relative.ts'
import { numbers, SmallTable } from '../../ui/table/small-table.tsx'
import { visibleText } from '../../ui/text.ts'
import { When } from '../../ui/when.tsx'
import { nameAuthor } from './team-labels.ts'
import { useClientNames } from './use-client-names.ts'
import classes from './team.module.css'

/** The entries that did not take effect, with the reason; absent while every entry did. */
export function VoidList({ team }: { readonly team: TeamStatus }): ReactElement | null {
  const findName = useClientNames()
  if (team.void.length === 0) return null
  return (
    <section className="c-card" aria-label="Did not take effect">
      <div className="c-card-head">
        <h2 className="c-card-title">Did not take effect</h2>
      </div>
      <div className={classes['body']}>
        <p className="c-prose">
          These entries are in the history, and change nothing on any device. Decide again what is still meant.
        </p>
      </div>
      <SmallTable
        id="entries-without-effect"
        minWidth={740}
        headings={['By', 'What', 'Decided', 'Reason', 'Client', numbers('Position')]}
      >
        {team.void.map(({ stream, client, position, member, own, decided, reason, at, placedAt, clockMs }) => (
          <Table.Tr key={`${stream} ${position}`}>
            <Table.Th scope="row">{nameAuthor(member, own)}</Table.Th>
            <Table.Td>
              {decided === null ? <span className="c-quiet">Unknown</span> : visibleText(decided)}
              {at === null || placedAt === null || clockMs === null ? null : (
                <span className="c-sub">
                  {describeClockError({
                    whose: nameDevice(member === null ? null : visibleText(member), own),
                    at: absoluteTime(at),
                    placedAt: absoluteTime(placedAt),
                    ms: clockMs,
                  })}
                </span>
              )}
            </Table.Td>
            <Table.Td>
              <When at={at} />
            </Table.Td>
            <Table.Td>{reason}</Table.Td>
            <Table.Td>{findName(client) ?? <span className="c-quiet">The team</span>}</Table.Td>
            <Table.Td className="c-number">{wholeNumber(position)}</Table.Td>
          </Table.Tr>
        ))}
      </SmallTable>
    </section>
  )
}
