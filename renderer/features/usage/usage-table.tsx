import { Table } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { memo, type ReactElement } from 'react'

import type { Outputs } from '../../../shared/contract/contract.ts'
import type { UsageBy, UsageRow, UsageSort } from '../../../shared/contract/usage.ts'
import { shareText, shortCount, signedMoney } from '../../../shared/domain/text/amounts.ts'
import { formatMonth, formatShortDay } from '../../../shared/domain/text/dates.ts'
import { dollarText } from '../../../shared/domain/text/money.ts'
import { monthNumber, monthText } from '../../../shared/domain/usage/rollups.ts'
import { bucketWord, byWord } from '../../entities/usage-labels.ts'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Named } from '../../ui/named.tsx'
import { wholeNumber } from '../../ui/relative.ts'
import { visibleText } from '../../ui/text.ts'
import styles from './usage.module.css'

type Usage = Outputs['usage']['by']

interface UsageTableProps {
  readonly by: UsageBy
  readonly month: string
  readonly usage: Usage
  /** The usage answers the previous question, and is not redrawn. */
  readonly isOld: boolean
  readonly sort: UsageSort
  readonly direction: 'asc' | 'desc'
  readonly sortBy: (sort: UsageSort) => void
  /** Opens the details of a row. */
  readonly open: (rowKey: string) => void
}

/**
 * Usage of a month, grouped, with its share and its difference to the month before: money first, tokens in short. The
 * cells are bare elements: hundreds of them, redrawn with each choice, cost several times as much as components.
 */
export const UsageTable = memo(function UsageTable(props: UsageTableProps): ReactElement {
  const { by, month, usage, open, ...order } = props
  const { rows, total, count } = usage
  const hasClients = rows.some(({ client }) => client !== null)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard
    <section className={styles['scroll']} tabIndex={0} aria-label="Rows of the month">
      <Table className={`c-table ${styles['rows'] ?? ''}`}>
        <Table.Thead>
          <Table.Tr>
            <Heading {...order} of="name" label={byWord(by)} isNumber={false} />
            {hasClients ? <Table.Th>Client</Table.Th> : null}
            <Heading {...order} of="cost" label="USD" />
            <Table.Th className="c-number">Share</Table.Th>
            <Heading {...order} of="before" label={beforeWord(usage, month)} />
            <Heading {...order} of="difference" label="Difference" />
            <Heading {...order} of="requests" label="Requests" />
            <Heading {...order} of="input" label="Input tokens" />
            <Table.Th className="c-number">Cached</Table.Th>
            <Heading {...order} of="output" label="Output tokens" />
            <Heading {...order} of="estimate" label="Estimated" />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <tr key={row.rowKey}>
              <th scope="row">
                <button
                  type="button"
                  className="c-link"
                  aria-label={`Details of ${visibleText(row.name ?? bucketWord(by))}`}
                  onClick={() => open(row.rowKey)}
                >
                  <Named text={row.name ?? ''} otherwise={bucketWord(by)} />
                </button>
                <Subject by={by} row={row} />
              </th>
              {hasClients ? <td>{row.client === null ? '–' : <ClientMark client={row.client} />}</td> : null}
              <Numbers of={row} share={row.share} />
            </tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          <tr>
            <th scope="row">{rows.length < count ? `All ${wholeNumber(count)}` : 'All'}</th>
            {hasClients ? <Table.Td /> : null}
            <Numbers of={total} share={total.cost > 0 ? sumShares(usage) : null} />
          </tr>
        </Table.Tfoot>
      </Table>
    </section>
  )
}, isTheSame)

function isTheSame(was: UsageTableProps, is: UsageTableProps): boolean {
  return is.isOld || (is.usage === was.usage && is.by === was.by && is.open === was.open && is.sortBy === was.sortBy)
}

function sumShares({ rows, count }: Usage): number {
  return rows.length < count ? 1000 : rows.reduce((sum, { share }) => sum + (share ?? 0), 0)
}

/** `September`, or `1–25 Oct` for the same days of a month that runs. */
function beforeWord({ whole, beforeTo }: Usage, month: string): string {
  if (!whole) return `1–${formatShortDay(beforeTo)}`
  return formatMonth(monthText((monthNumber(month) ?? 0) - 1), month)
}

interface HeadingProps extends Pick<UsageTableProps, 'sort' | 'direction' | 'sortBy'> {
  readonly of: UsageSort
  readonly label: string
  readonly isNumber?: boolean
}

/** A heading that sorts. */
function Heading({ of, label, isNumber = true, sort, direction, sortBy }: HeadingProps): ReactElement {
  const isSorted = sort === of
  const Arrow = direction === 'asc' ? IconArrowUp : IconArrowDown
  return (
    <Table.Th
      className={isNumber ? 'c-number' : undefined}
      aria-sort={isSorted ? (direction === 'asc' ? 'ascending' : 'descending') : 'none'}
    >
      <button type="button" className={styles['sort']} onClick={() => sortBy(of)}>
        {label}
        {isSorted ? <Arrow size={13} aria-hidden /> : null}
      </button>
    </Table.Th>
  )
}

interface NumbersProps {
  readonly of: Usage['total']
  readonly share: number | null
}

function Numbers({ of, share }: NumbersProps): ReactElement {
  return (
    <>
      <td className="c-number">{dollarText(of.cost)}</td>
      <td className="c-number">{share === null ? '–' : shareText(share, of.cost > 0)}</td>
      <td className="c-number">{of.before === null ? '–' : dollarText(of.before)}</td>
      <td className="c-number">{of.difference === null ? '–' : signedMoney(of.difference)}</td>
      <Count of={of.requests} />
      <Count of={of.input} />
      <Count of={of.cached} />
      <Count of={of.output} />
      <td className="c-number">{of.estimate === 0 ? '–' : `≈ ${dollarText(of.estimate)}`}</td>
    </>
  )
}

/** A count in short; the whole number on hover. */
function Count({ of }: { readonly of: number }): ReactElement {
  return (
    <td className="c-number c-quiet" title={wholeNumber(of)}>
      {shortCount(of)}
    </td>
  )
}

/** A link to the page of the subject, where the register has one. */
function Subject({ by, row: { ref, name } }: { readonly by: UsageBy; readonly row: UsageRow }): ReactElement | null {
  if (ref === null) return null
  const label = `Open ${visibleText(name ?? bucketWord(by))}`
  const link = { className: `c-link ${styles['subject'] ?? ''}`, 'aria-label': label, title: label }
  if (by === 'project')
    return (
      <Link to="/projects" search={{ project: ref }} {...link}>
        ↗
      </Link>
    )
  if (by === 'key')
    return (
      <Link to="/keys" search={{ key: ref }} {...link}>
        ↗
      </Link>
    )
  if (by === 'person')
    return (
      <Link to="/people" search={{ person: ref }} {...link}>
        ↗
      </Link>
    )
  return null
}
