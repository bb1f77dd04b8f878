import { Button, Table, TextInput } from '@mantine/core'
import { useState, type ReactElement } from 'react'

import type { ClientFigures, TeamStatus, UnheldClient } from '../../../shared/contract/team.ts'
import { query } from '../../data/api.ts'
import { ClientMark } from '../../ui/client-badge.tsx'
import { formatDay, plural, wholeNumber } from '../../ui/relative.ts'
import { Answer } from '../../ui/states.tsx'
import { ACTIONS, numbers, SmallTable } from '../../ui/table/small-table.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import { When } from '../../ui/when.tsx'
import classes from './team.module.css'

interface UnheldListProps {
  readonly team: TeamStatus
  readonly hold: (uid: string) => void
}

/** The clients that this device does not hold, with the figures that other devices wrote; absent while it holds all. */
export function UnheldList({ team, hold }: UnheldListProps): ReactElement | null {
  return team.unheld === 0 ? null : <Section count={team.unheld} hold={hold} />
}

function Section({ count, hold }: { readonly count: number } & Pick<UnheldListProps, 'hold'>): ReactElement {
  const unheld = useQuery(query.team.unheld.queryOptions())
  return (
    <section className="c-card" aria-label="Clients not on this device">
      <div className="c-card-head">
        <h2 className="c-card-title">Clients not on this device</h2>
      </div>
      <div className={classes['body']}>
        <p className="c-prose">
          You may see {plural(count, 'more client')}. No list, search or sum of this device contains them. The figures
          were written by devices of other members; the server can show earlier ones, so they prove nothing.
        </p>
      </div>
      <Answer of={unheld} what="the figures of clients">
        {({ clients, problem }) => (
          <>
            {problem === null ? null : (
              <div className={classes['body']}>
                <output className="c-prose">{problem}</output>
              </div>
            )}
            <Rows clients={clients} hold={hold} />
          </>
        )}
      </Answer>
    </section>
  )
}

/** A table of all of them would be slow: a part of the name finds each. */
const SHOWN = 100

function Rows({
  clients,
  hold,
}: { readonly clients: readonly UnheldClient[] } & Pick<UnheldListProps, 'hold'>): ReactElement {
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const found = clients.filter(({ uid, figures }) =>
    [uid, figures?.name ?? '', figures?.slug ?? ''].some((each) => each.toLowerCase().includes(wanted)),
  )
  return (
    <>
      {clients.length > 10 ? (
        <div className={classes['body']}>
          <TextInput
            label="Find a client"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            description={`${wholeNumber(Math.min(found.length, SHOWN))} of ${plural(clients.length, 'client')} shown`}
          />
        </div>
      ) : null}
      <SmallTable
        id="clients-not-on-this-device"
        minWidth={740}
        headings={[
          'Client',
          numbers('People'),
          numbers('Keys'),
          numbers('Keys due'),
          numbers('Findings'),
          numbers('Last sync'),
          numbers('Last review'),
          numbers('Entries'),
          numbers('Written'),
          ACTIONS,
        ]}
      >
        {found.slice(0, SHOWN).map((client) => (
          <Row key={client.uid} client={client} hold={hold} />
        ))}
      </SmallTable>
    </>
  )
}

function Row({
  client: { uid, figures, writtenAt },
  hold,
}: { readonly client: UnheldClient } & Pick<UnheldListProps, 'hold'>): ReactElement {
  const name = figures === null ? uid : visibleText(figures.name)
  return (
    <Table.Tr>
      <Table.Th scope="row">
        {figures === null ? <span className="c-mono">{uid}</span> : <ClientMark client={figures} />}
        {figures === null ? (
          <span className="c-sub">No figures yet</span>
        ) : (
          <span className="c-sub c-mono">{visibleText(figures.slug)}</span>
        )}
      </Table.Th>
      <Count count={figures?.people} />
      <Count count={figures?.keys} />
      <Count count={countDue(figures)} />
      <Count count={countFindings(figures)} />
      <Table.Td className="c-number">{formatKnown(figures?.lastSync)}</Table.Td>
      <Table.Td className="c-number">{formatKnown(figures?.lastReview)}</Table.Td>
      <Count count={figures?.entries} />
      <Table.Td className="c-number">{writtenAt === null ? '–' : <When at={writtenAt} />}</Table.Td>
      <Table.Td className="c-row-actions">
        <Button size="compact-xs" variant="subtle" aria-label={`Hold ${name}…`} onClick={() => hold(uid)}>
          Hold…
        </Button>
      </Table.Td>
    </Table.Tr>
  )
}

/** A number; a dash, and not zero, where it is unknown. */
function Count({ count }: { readonly count: number | null | undefined }): ReactElement {
  return <Table.Td className="c-number">{count === null || count === undefined ? '–' : wholeNumber(count)}</Table.Td>
}

function formatKnown(day: string | null | undefined): string {
  return day === null || day === undefined ? '–' : formatDay(day)
}

function countDue(figures: ClientFigures | null): number | null {
  return figures === null || figures.due === null || figures.overdue === null ? null : figures.due + figures.overdue
}

function countFindings(figures: ClientFigures | null): number | null {
  const counts = figures?.findings ?? null
  return counts === null ? null : Object.values(counts).reduce((sum, each) => sum + each, 0)
}
