import { Table } from '@mantine/core'
import { IconCalendarClock, IconClockExclamation } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactElement, ReactNode } from 'react'

import type { Attention, ClientOverview } from '../../../shared/contract/overview.ts'
import { useScope } from '../../data/scope.ts'
import { ClientMark } from '../../ui/client-badge.tsx'
import { wholeNumber } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import { syncWord } from '../../ui/words.ts'
import { When } from '../../ui/when.tsx'
import { attentionLink, attentionWords } from './attention.ts'

/** One row per client: what needs attention, the numbers, each with a link to its list, and the last sync. */
export function ClientTable({ clients }: { readonly clients: readonly ClientOverview[] }): ReactElement {
  return (
    <section className="c-card" aria-labelledby="by-client">
      <h2 className="c-card-title" id="by-client">
        By client
      </h2>
      <Table.ScrollContainer minWidth={900} type="native">
        <Table className="c-table" highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Client</Table.Th>
              <NumberHead>Overdue</NumberHead>
              <NumberHead>Due</NumberHead>
              <Table.Th>Other issues</Table.Th>
              <NumberHead>Keys</NumberHead>
              <NumberHead>People</NumberHead>
              <NumberHead>Privileged</NumberHead>
              <NumberHead title="Service accounts">Service accounts</NumberHead>
              <Table.Th>Last sync</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {clients.map((each) => (
              <ClientRow key={each.client.slug} overview={each} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  )
}

function ClientRow({ overview }: { readonly overview: ClientOverview }): ReactElement {
  const { setClient } = useScope()
  const client = overview.client.slug
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <button type="button" className="c-link" title="Show only this client" onClick={() => setClient(client)}>
          <ClientMark client={overview.client} />
        </button>
        {overview.client.kind === 'internal' ? <span className="c-kind">internal</span> : null}
      </Table.Th>
      <NumberCell value={overview.overdue} tone="bad">
        <Link to="/keys" search={{ client, rotation: 'overdue' }}>
          {wholeNumber(overview.overdue)}
        </Link>
      </NumberCell>
      <NumberCell value={overview.due} tone="warn">
        <Link to="/keys" search={{ client, rotation: 'due' }}>
          {wholeNumber(overview.due)}
        </Link>
      </NumberCell>
      <Table.Td>
        <Attentions overview={overview} />
      </Table.Td>
      <NumberCell value={overview.keys}>
        <Link to="/keys" search={{ client }}>
          {wholeNumber(overview.keys)}
        </Link>
      </NumberCell>
      <NumberCell value={overview.people}>
        <Link to="/people" search={{ client, status: 'active' }}>
          {wholeNumber(overview.people)}
        </Link>
      </NumberCell>
      <NumberCell value={overview.privileged}>
        <Link to="/people" search={{ client, privileged: true, status: 'active' }}>
          {wholeNumber(overview.privileged)}
        </Link>
      </NumberCell>
      <NumberCell value={overview.serviceAccounts}>{wholeNumber(overview.serviceAccounts)}</NumberCell>
      <Table.Td>
        <LastSync overview={overview} />
      </Table.Td>
    </Table.Tr>
  )
}

/** The kinds with a column of their own. */
const COUNTED: readonly Attention['kind'][] = ['overdue-keys', 'due-keys']

function Attentions({ overview }: { readonly overview: ClientOverview }): ReactElement {
  const shown = overview.attention.filter(({ kind }) => !COUNTED.includes(kind))
  if (shown.length === 0) return <span className="c-quiet">None</span>
  return (
    <ul className="c-attention">
      {shown.map((each) => (
        <li key={each.kind}>
          <AttentionItem attention={each} client={overview.client.slug} />
        </li>
      ))}
    </ul>
  )
}

function AttentionItem({
  attention,
  client,
}: {
  readonly attention: Attention
  readonly client: string
}): ReactElement {
  const words = attentionWords(attention)
  return (
    <Link {...attentionLink(attention.kind, client)} className="c-attention-link">
      <Status tone={words.tone} icon={words.icon}>
        {words.text}
        <span className="c-visually-hidden">{`, ${words.severity}`}</span>
      </Status>
    </Link>
  )
}

function LastSync({ overview }: { readonly overview: ClientOverview }): ReactElement {
  if (overview.lastSync === null) {
    return overview.connections === 0 ? (
      <Link to="/connections" search={{ client: overview.client.slug, add: true }}>
        Add connection
      </Link>
    ) : (
      <span className="c-quiet">Never</span>
    )
  }
  const { tone, word } = syncWord(overview.lastSync.state)
  return (
    <span className="c-last-sync">
      <When at={overview.lastSync.at} />
      {overview.lastSync.state === 'complete' ? null : (
        <Status tone={tone} plain>
          {word}
        </Status>
      )}
    </span>
  )
}

function NumberHead({ children, title }: { readonly children: ReactNode; readonly title?: string }): ReactElement {
  return (
    <Table.Th className="c-number" title={title}>
      {children}
    </Table.Th>
  )
}

function ToneIcon({ tone }: { readonly tone: 'bad' | 'warn' }): ReactElement {
  const Icon = tone === 'bad' ? IconClockExclamation : IconCalendarClock
  return <Icon size={14} stroke={2} aria-hidden />
}

interface NumberCellProps {
  readonly value: number
  readonly tone?: 'bad' | 'warn'
  readonly children: ReactNode
}

function NumberCell({ value, tone, children }: NumberCellProps): ReactElement {
  return (
    <Table.Td className="c-number" data-tone={value > 0 ? tone : undefined}>
      {value === 0 ? (
        <span className="c-quiet">0</span>
      ) : (
        <>
          {tone === undefined ? null : <ToneIcon tone={tone} />}
          {children}
        </>
      )}
    </Table.Td>
  )
}
