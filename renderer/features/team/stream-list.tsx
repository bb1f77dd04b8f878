import { Table } from '@mantine/core'
import type { ReactElement } from 'react'

import type { TeamStatus } from '../../../shared/contract/team.ts'
import { wholeNumber } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import { numbers, SmallTable } from '../../ui/table/small-table.tsx'
import { describeStream, nameStream } from './team-labels.ts'
import { useClientNames } from './use-client-names.ts'

/** The streams that this device reads: in step, waiting or stopped, each with its head. */
export function StreamList({ team }: { readonly team: TeamStatus }): ReactElement | null {
  const findName = useClientNames()
  if (team.streams.length === 0) return null
  return (
    <section className="c-card" aria-label="Streams">
      <div className="c-card-head">
        <h2 className="c-card-title">Streams</h2>
      </div>
      <SmallTable id="streams-of-a-team" minWidth={720} headings={['Stream', 'State', numbers('Entries'), 'Head']}>
        {team.streams.map((stream) => {
          const { tone, label } = describeStream(stream)
          return (
            <Table.Tr key={stream.stream}>
              <Table.Th scope="row">{nameStream(stream, findName(stream.client))}</Table.Th>
              <Table.Td>
                <Status tone={tone} plain>
                  {label}
                </Status>
                {stream.sentence === null ? null : <span className="c-sub">{stream.sentence}</span>}
              </Table.Td>
              <Table.Td className="c-number">{wholeNumber(stream.entries)}</Table.Td>
              <Table.Td className="c-mono" title={stream.head}>
                {stream.head.slice(0, 16)}
              </Table.Td>
            </Table.Tr>
          )
        })}
      </SmallTable>
    </section>
  )
}
