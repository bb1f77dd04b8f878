import { ActionIcon, Table } from '@mantine/core'
import { IconPencil, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactElement, ReactNode } from 'react'

import type { BudgetRow } from '../../../shared/contract/budgets.ts'
import { getDay } from '../../../shared/domain/day.ts'
import { dollarText } from '../../../shared/domain/text/money.ts'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Named } from '../../ui/named.tsx'
import { useNow } from '../../ui/now.ts'
import { absoluteTime, relativeTime } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import { ACTIONS, SmallTable } from '../../ui/table/small-table.tsx'
import { visibleText } from '../../ui/text.ts'
import { When } from '../../ui/when.tsx'
import { recipientsWord, STOPPING } from '../../entities/project-labels.ts'
import styles from './budgets.module.css'
import {
  auditWord,
  errorWord,
  forecastWords,
  kindWord,
  outlookWord,
  placeName,
  placeWord,
  readWord,
  setByName,
  sourceWord,
  spentWord,
} from './labels.ts'

interface BudgetTableProps {
  readonly rows: readonly BudgetRow[]
  /** The client in scope, whose name is not repeated in each row. */
  readonly client: string | undefined
  readonly edit: (row: BudgetRow) => void
  readonly clear: (row: BudgetRow) => void
}

/** The budgets that were agreed here, one line each, with this month's spend; most spent first. */
export function BudgetTable({ rows, client, edit, clear }: BudgetTableProps): ReactElement {
  const today = getDay(useNow())
  return (
    <Section
      id="budgets"
      title="Budgets, this month"
      below="A forecast is by weekday or by run rate, whichever was closer in earlier months. Castellan alerts only: what stops spending is a provider limit."
    >
      <SmallTable
        id="budgets"
        minWidth={740}
        headings={[
          'Budget',
          ...(client === undefined ? ['Client'] : []),
          'Used of agreed, USD',
          'Outlook',
          'Provider limit',
          ACTIONS,
        ]}
      >
        {rows.map((row) => (
          <Table.Tr key={row.rowKey}>
            <PlaceCells row={row} client={client} />
            <Table.Td className={styles['spent']}>
              <Used row={row} />
            </Table.Td>
            <Table.Td className={styles['spent']}>
              <Outlook row={row} today={today} />
            </Table.Td>
            <Table.Td>
              <Audit row={row} />
            </Table.Td>
            <Table.Td className="c-row-actions">
              <Actions row={row} edit={edit} clear={clear} />
            </Table.Td>
          </Table.Tr>
        ))}
      </SmallTable>
    </Section>
  )
}

/** The place of a row, and its client where several are shown. */
function PlaceCells({ row, client }: Pick<BudgetTableProps, 'client'> & { readonly row: BudgetRow }): ReactElement {
  return (
    <>
      <Table.Th scope="row" className={styles['spent']}>
        <Place row={row} />
      </Table.Th>
      {client === undefined ? (
        <Table.Td className={styles['spent']}>
          <ClientMark client={row.client} />
        </Table.Td>
      ) : null}
    </>
  )
}

/** The limits, alerts and usage tiers that the providers hold. They are not budgets. */
export function LimitTable({ rows, client }: Pick<BudgetTableProps, 'rows' | 'client'>): ReactElement {
  return (
    <Section
      id="limits"
      title="Limits at the providers"
      below="These were set at the provider, and change there. They are not what was agreed: a budget is."
    >
      <SmallTable
        id="limits-at-the-providers"
        minWidth={720}
        headings={['Limit', ...(client === undefined ? ['Client'] : []), 'Set by', 'Kind', 'Used of limit, USD']}
      >
        {rows.map((row) => (
          <Table.Tr key={row.rowKey}>
            <PlaceCells row={row} client={client} />
            <Table.Td className={styles['spent']}>
              <SetBy row={row} />
            </Table.Td>
            <Table.Td className={styles['spent']}>
              <LimitKind row={row} />
            </Table.Td>
            <Table.Td className={styles['spent']}>
              <Used row={row} />
            </Table.Td>
          </Table.Tr>
        ))}
      </SmallTable>
    </Section>
  )
}

/** The effect of a limit (it stops spending or only reports it), its state, and the recipients of its alert. */
function LimitKind({ row }: { readonly row: BudgetRow }): ReactElement {
  return (
    <>
      {row.enforcing === true ? <Status tone="bad">{STOPPING}</Status> : kindWord(row.enforcement)}
      {row.recipients === null ? null : <span className="c-sub">{visibleText(recipientsWord(row.recipients))}</span>}
    </>
  )
}

/** Whose limit it is, and by whom and when the provider recorded that it was set. */
function SetBy({ row }: { readonly row: BudgetRow }): ReactElement {
  const { setBy } = row
  const now = useNow()
  if (setBy === null) return <>{sourceWord(row)}</>
  return (
    <>
      {setBy.name === null ? sourceWord(row) : <Named text={setByName(setBy.name)} />}{' '}
      <Link
        to="/changes/log"
        search={{ event: setBy.eventId, days: '0' }}
        className="c-link"
        aria-label={`Provider log: limit of ${visibleText(placeName(row))} set ${relativeTime(setBy.at, now)}`}
      >
        <When at={setBy.at} />
      </Link>
    </>
  )
}

interface SectionProps {
  readonly id: string
  readonly title: string
  /** The meaning of the table, under it. */
  readonly below: string
  readonly children: ReactNode
}

function Section({ id, title, below, children }: SectionProps): ReactElement {
  return (
    <section className="c-card" aria-labelledby={id}>
      <header className="c-card-head">
        <h2 className="c-card-title" id={id}>
          {title}
        </h2>
      </header>
      {children}
      <p className="c-card-note">{below}</p>
    </section>
  )
}

function Place({ row }: { readonly row: BudgetRow }): ReactElement {
  const name = <Named text={placeName(row)} />
  return (
    <>
      {row.project === null ? (
        name
      ) : (
        <Link to="/projects" search={{ project: row.project.id }} className="c-link">
          {name}
        </Link>
      )}
      <span className={styles['place']}>{visibleText(placeWord(row))}</span>
    </>
  )
}

/** A bar, the spent share and amount; the sent alerts on hover. A word only where something is to be looked at. */
function Used({ row }: { readonly row: BudgetRow }): ReactElement {
  const { tone, word } = spentWord(row)
  const { percent, spent, reported, behind } = row
  const of = ` of ${dollarText(row.amount)}`
  if (percent === null || spent === null) return <span className="c-quiet">{`${readWord(row).word},${of}`}</span>
  const sent = reported.map(({ threshold, at }) => `${threshold} % alert sent ${absoluteTime(at)}`)
  return (
    <span
      className={styles['used']}
      title={[`${kindWord(row.enforcement)}: ${word.toLowerCase()}`, ...sent].join('; ')}
    >
      <span className={styles['bar']} data-tone={tone} aria-hidden>
        <span style={{ width: `${Math.min(100, Math.max(0, percent))}%` }} />
      </span>
      {tone === 'bad' || tone === 'warn' ? (
        <Status tone={tone} plain>{`${percent} %`}</Status>
      ) : (
        <span>{`${percent} %`}</span>
      )}
      <span>
        {dollarText(spent)}
        <span className="c-quiet">{of}</span>
      </span>
      {behind ? (
        <Status tone="warn" plain>
          {readWord(row).word}
        </Status>
      ) : null}
    </span>
  )
}

function Outlook({ row, today }: { readonly row: BudgetRow; readonly today: string }): ReactElement {
  const { tone, word } = outlookWord(row, today)
  const title = row.forecast === null ? undefined : `${errorWord(row.forecastError)}. ${forecastWords(row)}`
  if (tone === 'quiet') {
    return (
      <span className="c-quiet" title={title}>
        {word}
      </span>
    )
  }
  return (
    <Status tone={tone} title={title} plain>
      {word}
    </Status>
  )
}

/** The provider's limit beside a budget, with a link to the finding from which it can be changed. */
function Audit({ row: { audit } }: { readonly row: BudgetRow }): ReactElement {
  if (audit === null) return <span className="c-quiet">–</span>
  const { tone, word, why } = auditWord(audit)
  return (
    <>
      <Status tone={tone} title={why} plain>
        {word}
      </Status>
      {audit.findingId === null ? null : (
        <Link
          to="/findings"
          search={{ finding: audit.findingId, view: 'all' }}
          className={`c-link ${styles['place'] ?? ''}`}
        >
          View finding
        </Link>
      )}
    </>
  )
}

function Actions({
  row,
  edit,
  clear,
}: Pick<BudgetTableProps, 'edit' | 'clear'> & { readonly row: BudgetRow }): ReactElement {
  const name = visibleText(placeName(row))
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={24}
        title="Edit"
        aria-label={`Edit the budget of ${name}`}
        onClick={() => edit(row)}
      >
        <IconPencil size={15} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={24}
        title="Clear"
        aria-label={`Clear the budget of ${name}`}
        onClick={() => clear(row)}
      >
        <IconX size={15} aria-hidden />
      </ActionIcon>
    </>
  )
}
