import { ActionIcon, Table, Tooltip } from '@mantine/core'
import { IconFileExport } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { TodayClient } from '../../../shared/contract/today.ts'
import { useScope } from '../../data/scope.ts'
import { useInfo } from '../../data/use-info.ts'
import { saveRegister } from '../../entities/save-register.ts'
import { ClientMark } from '../../ui/client-badge.tsx'
import { notifyFailed } from '../../ui/notify.tsx'
import { formatDay, wholeNumber } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { When } from '../../ui/when.tsx'
import classes from './today.module.css'

/** One row for each client, by risk, with one number in each column. */
export function ClientTable({ clients }: { readonly clients: readonly TodayClient[] }): ReactElement {
  return (
    <section aria-labelledby="clients-by-risk">
      <h2 id="clients-by-risk" className={classes['band']}>
        Clients <span>by risk</span>
      </h2>
      <div className="c-card">
        <Table.ScrollContainer minWidth={640} type="native">
          <Table className="c-table" highlightOnHover>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Client</Table.Th>
                <Table.Th className="c-number">Now</Table.Th>
                <Table.Th className="c-number">This week</Table.Th>
                <Table.Th className="c-number">People</Table.Th>
                <Table.Th className="c-number">Keys</Table.Th>
                <Table.Th className="c-number">Next review</Table.Th>
                <Table.Th className="c-number">Last sync</Table.Th>
                <Table.Th>
                  <span className="c-visually-hidden">Actions</span>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {clients.map((each) => (
                <ClientRow key={each.client.slug} row={each} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </div>
    </section>
  )
}

function ClientRow({ row }: { readonly row: TodayClient }): ReactElement {
  const { setClient } = useScope()
  const { slug, kind } = row.client
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <span className={classes['client']}>
          <button type="button" className="c-link" title="Show only this client" onClick={() => setClient(slug)}>
            <ClientMark client={row.client} />
          </button>
          {kind === 'internal' ? <span className="c-quiet">internal</span> : null}
        </span>
      </Table.Th>
      <Pressing count={row.now} tone="bad" />
      <Pressing count={row.week} tone="warn" />
      <Table.Td className="c-number">
        <Counted count={row.people}>
          <Link to="/people" search={{ client: slug, status: 'active' }}>
            {wholeNumber(row.people ?? 0)}
          </Link>
        </Counted>
      </Table.Td>
      <Table.Td className="c-number">
        <Counted count={row.keys}>
          <Link to="/keys" search={{ client: slug }}>
            {wholeNumber(row.keys ?? 0)}
          </Link>
        </Counted>
      </Table.Td>
      <Table.Td className="c-number">
        <NextReview review={row.nextReview} client={slug} />
      </Table.Td>
      <Table.Td className="c-number">
        <LastSync row={row} />
      </Table.Td>
      <Table.Td className="c-row-actions">
        <ExportRegister row={row} />
      </Table.Td>
    </Table.Tr>
  )
}

/** Saves the register of a client as Markdown, in one step. */
function ExportRegister({ row: { client } }: { readonly row: TodayClient }): ReactElement {
  const isSample = useInfo()?.sample === true
  const label = `Export register of ${visibleText(client.name)}…`
  return (
    <Tooltip label="Export register as Markdown…" openDelay={250}>
      <ActionIcon size={26} aria-label={label} onClick={() => void saveRegister(client, isSample).catch(notifyFailed)}>
        <IconFileExport size={15} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}

/** A number; a dash, and not zero, while nothing was read. */
function Counted({
  count,
  children,
}: {
  readonly count: number | null
  readonly children: ReactElement
}): ReactElement {
  if (count === null) {
    return (
      <span className="c-quiet" title="Not synced yet">
        –
      </span>
    )
  }
  return count === 0 ? <span className="c-quiet">0</span> : children
}

function Pressing({ count, tone }: { readonly count: number; readonly tone: 'bad' | 'warn' }): ReactElement {
  return (
    <Table.Td className="c-number" data-tone={count > 0 ? tone : undefined}>
      {count === 0 ? <span className="c-quiet">0</span> : <strong className={classes['pressing']}>{count}</strong>}
    </Table.Td>
  )
}

interface NextReviewProps {
  readonly review: TodayClient['nextReview']
  readonly client: string
}

/** The day of the next review, or that one is overdue. */
export function NextReview({ review, client }: NextReviewProps): ReactElement {
  if (review === null) return <span className="c-quiet">–</span>
  return (
    <Link to="/reviews" search={{ client }}>
      {review.overdue ? (
        <Status tone="bad" plain>
          {`Overdue since ${formatDay(review.dueOn)}`}
        </Status>
      ) : (
        formatDay(review.dueOn)
      )}
    </Link>
  )
}

const FAILURES = {
  never: { tone: 'warn', word: 'Never synced' },
  failed: { tone: 'bad', word: 'Failed' },
  partial: { tone: 'warn', word: 'Partial' },
} as const

/** When the connections of a client were last read, or why not. */
export function LastSync({ row: { client, sync } }: { readonly row: TodayClient }): ReactElement {
  if (sync.state === 'none') {
    return (
      <span>
        {'Not connected · '}
        <Link to="/connections" search={{ client: client.slug, add: true }}>
          Connect
        </Link>
      </span>
    )
  }
  if (sync.state === 'complete') return <When at={sync.at} />
  const { tone, word } = FAILURES[sync.state]
  return (
    <Link to="/connections" search={{ client: client.slug }}>
      <Status tone={tone} plain>
        {word}
        {sync.at === null ? null : (
          <>
            {', last '}
            <When at={sync.at} />
          </>
        )}
      </Status>
    </Link>
  )
}
