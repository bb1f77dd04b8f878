import { Button, Table } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { TeamFork, TeamStatus } from '../../../shared/contract/team.ts'
import { api, query } from '../../data/api.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { wholeNumber } from '../../ui/relative.ts'
import { numbers, SmallTable } from '../../ui/table/small-table.tsx'
import { visibleText } from '../../ui/text.ts'
import { nameStream } from './team-labels.ts'
import classes from './team.module.css'
import { useClientNames } from './use-client-names.ts'

/** The streams whose history at the server differs from this device's; absent where there are none. */
export function ForkList({ team }: { readonly team: TeamStatus }): ReactElement | null {
  const findName = useClientNames()
  if (team.forks.length === 0) return null
  const isOwner = team.own?.roles.includes('owner') === true
  return (
    <section className="c-card" aria-label="Two histories">
      <div className="c-card-head">
        <h2 className="c-card-title">Two histories</h2>
      </div>
      <div className={classes['body']}>
        <p className="c-prose">
          The server shows another history of these streams than this device holds, so they are read no further. Adopt
          the server’s where it is the one that the team goes on with: what members decided on the other one is placed
          again by their devices. An owner decides this for all; for members and devices, each person does on their own
          device.
        </p>
      </div>
      <SmallTable
        id="two-histories-of-a-stream"
        minWidth={720}
        headings={['Stream', 'History', 'First by', numbers('Entries'), 'Head', 'Decide']}
      >
        {team.forks.flatMap((fork) => {
          const name = nameStream(fork, findName(fork.client))
          return [
            <SideRow key={`${fork.stream} own`} name={name} history="This device" side={fork.own} />,
            <SideRow key={`${fork.stream} server`} name={name} history="The server" side={fork.server}>
              {isOwner || fork.kind === 'team' ? (
                <Adopt head={fork.server.head} name={name} />
              ) : (
                <span className="c-sub">
                  Give this head to an owner, who runs <code>castellan team mend --adopt</code> with it.
                </span>
              )}
            </SideRow>,
          ]
        })}
      </SmallTable>
    </section>
  )
}

interface SideProps {
  readonly name: string
  readonly history: string
  readonly side: TeamFork['own']
  readonly children?: ReactElement
}

function SideRow({ name, history, side, children }: SideProps): ReactElement {
  return (
    <Table.Tr>
      <Table.Th scope="row">{name}</Table.Th>
      <Table.Td>{history}</Table.Td>
      <Table.Td>{side.member === null ? 'An unknown device' : visibleText(side.member)}</Table.Td>
      <Table.Td className="c-number">{wholeNumber(side.entries)}</Table.Td>
      <Table.Td className="c-mono c-break">{side.head}</Table.Td>
      <Table.Td>{children}</Table.Td>
    </Table.Tr>
  )
}

function Adopt({ head, name }: { readonly head: string; readonly name: string }): ReactElement {
  const queries = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`Adopt the server’s history of ${name}…`}
        onClick={() => setAsking(true)}
      >
        Adopt…
      </Button>
      <Confirm
        opened={isAsking}
        close={() => setAsking(false)}
        title="Adopt the server’s history?"
        verb="Adopt history"
        act={async () => {
          const { problem } = await api.team.mend({ adopt: [head] })
          await queries.invalidateQueries({ queryKey: query.team.key() })
          notifyDone({ message: problem ?? 'The server’s history counts. What this device decided is placed again.' })
        }}
      >
        {name}: the team goes on with the history after the head <span className="c-mono c-break">{head}</span>. What
        members decided on the other one is placed again by their devices; what devices that never come back decided
        stays without an effect. Compare the head with another device first.
      </Confirm>
    </>
  )
}
