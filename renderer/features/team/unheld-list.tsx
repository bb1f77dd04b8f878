import { api, query } from '../../data/api.ts'
import { Button, Table, TextInput } from '@mantine/core'
import { useState, type ReactElement } from 'react'

import type { TeamStatus, UnheldClient } from '../../../shared/contract/team.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { formatDay, plural, wholeNumber } from '../../ui/relative.ts'
import { Answer } from '../../ui/states.tsx'
import { ACTIONS, numbers, SmallTable } from '../../ui/table/small-table.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import { When } from '../../ui/when.tsx'
import { useDecision } from './use-decision.ts'
import { Section } from './decision-list.tsx'
import classes from './team.module.css'

/** The clients that this device does not hold, with the figures that other devices wrote; absent while it holds all. */
export function UnheldList({ status }: { readonly status: TeamStatus }): ReactElement | null {
  return status.unheld === 0 ? null : <Unheld count={status.unheld} />
}

/** A table of all of them would be slow: a part of the name finds each. */
const SHOWN = 100

function Unheld({ count }: { readonly count: number }): ReactElement {
  const unheld = useQuery(query.team.unheld.queryOptions())
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  return (
    <Section
      title="Clients not on this device"
      about={`You may see ${plural(count, 'more client')}. No list, search or sum of this device contains them. Others wrote the figures, and the server can show earlier ones.`}
    >
      <Answer of={unheld} what="the figures of clients">
        {({ clients, problem }) => {
          const found = clients.filter(({ uid, figures }) =>
            [uid, figures?.name ?? '', figures?.slug ?? ''].some((each) => each.toLowerCase().includes(wanted)),
          )
          return (
            <>
              {problem === null ? null : <output className={classes['text']}>{visibleText(problem)}</output>}
              {clients.length <= 10 ? null : (
                <TextInput
                  className={classes['text']}
                  label="Find a client"
                  value={text}
                  onChange={(event) => setText(event.currentTarget.value)}
                  description={`${wholeNumber(Math.min(found.length, SHOWN))} of ${plural(clients.length, 'client')} shown`}
                />
              )}
              <Rows clients={found.slice(0, SHOWN)} />
            </>
          )
        }}
      </Answer>
    </Section>
  )
}

function Rows({ clients }: { readonly clients: readonly UnheldClient[] }): ReactElement {
  const [asking, setAsking] = useState<UnheldClient | null>(null)
  const hold = useDecision(api.team.hold)
  return (
    <>
      <SmallTable
        id="clients-not-on-this-device"
        minWidth={740}
        headings={[
          'Client',
          ...['People', 'Keys', 'Keys due', 'Findings', 'Last sync', 'Last review', 'Written'].map(numbers),
          ACTIONS,
        ]}
      >
        {clients.map((client) => {
          const { uid, figures, writtenAt } = client
          return (
            <Table.Tr key={uid}>
              <Table.Th scope="row">{visibleText(figures?.name ?? uid)}</Table.Th>
              {listFigures(figures).map((figure, at) => (
                // oxlint-disable-next-line react/no-array-index-key -- the columns of a row never move
                <Table.Td key={at} className="c-number">
                  {figure}
                </Table.Td>
              ))}
              <Table.Td className="c-number">{writtenAt === null ? '–' : <When at={writtenAt} />}</Table.Td>
              <Table.Td className="c-row-actions">
                <Button
                  size="compact-xs"
                  variant="subtle"
                  aria-label={`Hold ${visibleText(figures?.name ?? uid)}…`}
                  onClick={() => setAsking(client)}
                >
                  Hold…
                </Button>
              </Table.Td>
            </Table.Tr>
          )
        })}
      </SmallTable>
      <Confirm
        opened={asking !== null}
        close={() => setAsking(null)}
        title="Hold a client on this device?"
        verb="Hold client"
        act={async () => {
          if (asking !== null) await hold.mutateAsync({ clients: [asking.uid] })
        }}
      >
        {visibleText(asking?.figures?.name ?? 'The client')} is read with its whole history, and then belongs to every
        list of this device. What was read stays. To hold fewer clients, join the team in a new profile.
      </Confirm>
    </>
  )
}

/** The figures of a row; a dash, and not zero, where one is unknown. */
function listFigures(figures: UnheldClient['figures']): readonly string[] {
  if (figures === null) return Array.from({ length: 6 }, () => '–')
  const { people, keys, due, overdue, findings, lastSync, lastReview } = figures
  const sum = (counts: readonly (number | null)[]): number | null =>
    counts.reduce((total, each) => (total === null || each === null ? null : total + each), 0)
  const counts = [people, keys, sum([due, overdue]), findings === null ? null : sum(Object.values(findings))]
  return [
    ...counts.map((each) => (each === null ? '–' : wholeNumber(each))),
    ...[lastSync, lastReview].map((each) => (each === null ? '–' : formatDay(each))),
  ]
}
