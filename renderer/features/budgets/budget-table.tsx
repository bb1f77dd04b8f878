import { ActionIcon, Table } from '@mantine/core'
import { IconPencil, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { BudgetRow } from '../../../shared/contract/budgets.ts'
import { dollarText } from '../../../shared/domain/text/money.ts'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Named } from '../../ui/named.tsx'
import { absoluteTime } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import { ACTIONS, numbers, SmallTable } from '../../ui/table/small-table.tsx'
import { visibleText } from '../../ui/text.ts'
import styles from './budgets.module.css'
import {
  auditWord,
  errorWord,
  forecastWords,
  kindWord,
  leftWord,
  placeName,
  placeWord,
  readWord,
  sourceWord,
  spentWord,
  wayWord,
} from './labels.ts'

interface BudgetTableProps {
  readonly rows: readonly BudgetRow[]
  readonly edit: (row: BudgetRow) => void
  readonly clear: (row: BudgetRow) => void
}

/** Budgets and provider limits with this month's spend, most spent first. */
export function BudgetTable({ rows, edit, clear }: BudgetTableProps): ReactElement {
  return (
    <section className="c-card" aria-labelledby="budgets">
      <header className="c-card-head">
        <h2 className="c-card-title" id="budgets">
          Budgets and limits, this month
        </h2>
      </header>
      <SmallTable
        minWidth={1080}
        headings={[
          'Scope',
          'Client',
          'Kind',
          'Spent',
          numbers('Forecast'),
          'Forecast reached',
          'Alerts sent',
          'Provider limit',
          ACTIONS,
        ]}
      >
        {rows.map((row) => (
          <Table.Tr key={row.rowKey}>
            <Table.Th scope="row">
              <Place row={row} />
            </Table.Th>
            <Table.Td>
              <ClientMark client={row.client} />
            </Table.Td>
            <Table.Td>
              {kindWord(row.enforcement)}
              <span className="c-sub">{sourceWord(row)}</span>
            </Table.Td>
            <Table.Td className={styles['spent']}>
              <Spent row={row} />
            </Table.Td>
            <Table.Td className="c-number">
              <Forecast row={row} />
            </Table.Td>
            <Table.Td>{leftWord(row)}</Table.Td>
            <Table.Td>
              <Reported row={row} />
            </Table.Td>
            <Table.Td>
              <Audit row={row} />
            </Table.Td>
            <Table.Td className="c-row-actions">
              {row.budgetId === null ? null : <Actions row={row} edit={edit} clear={clear} />}
            </Table.Td>
          </Table.Tr>
        ))}
      </SmallTable>
      <p className={styles['below']}>
        A forecast is made by weekday and by the run rate of the month; the one that was closer in earlier months is
        shown, with its error. Provider limits are changed at the provider.
      </p>
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
      <span className="c-sub">{visibleText(placeWord(row))}</span>
    </>
  )
}

function Spent({ row }: { readonly row: BudgetRow }): ReactElement {
  const { tone, word } = spentWord(row)
  const of = `of ${dollarText(row.amount)} USD`
  if (row.percent === null || row.spent === null) {
    return (
      <>
        <Status tone={tone}>{word}</Status>
        <span className="c-sub">{of}</span>
        <Read row={row} />
      </>
    )
  }
  return (
    <>
      <div className={styles['bar']} data-tone={tone} aria-hidden>
        <span style={{ width: `${Math.min(100, row.percent)}%` }} />
      </div>
      <Status tone={tone} plain>{`${row.percent} %, ${word.toLowerCase()}`}</Status>
      <span className="c-sub">{`${dollarText(row.spent)} ${of}`}</span>
      <Read row={row} />
    </>
  )
}

/** The last day of synced usage, marked when it is before yesterday. */
function Read({ row }: { readonly row: BudgetRow }): ReactElement {
  const { tone, word } = readWord(row)
  if (!row.behind) return <span className="c-sub">{word}</span>
  return (
    <div>
      <Status tone={tone} plain>
        {word}
      </Status>
    </div>
  )
}

function Forecast({ row }: { readonly row: BudgetRow }): ReactElement {
  if (row.forecast === null || row.forecastWay === null) return <>–</>
  return (
    <span title={forecastWords(row)}>
      {`≈ ${dollarText(row.forecast)}`}
      <span className="c-sub">{`${errorWord(row.forecastError)}, ${wayWord(row.forecastWay)}`}</span>
    </span>
  )
}

function Reported({ row: { reported } }: { readonly row: BudgetRow }): ReactElement {
  if (reported.length === 0) return <span className="c-quiet">None yet</span>
  return (
    <span title={reported.map(({ threshold, at }) => `${threshold} % on ${absoluteTime(at)}`).join('; ')}>
      {reported.map(({ threshold }) => `${threshold} %`).join(', ')}
    </span>
  )
}

/** The provider's limit for a budget, with a link to the finding from which it can be changed. */
function Audit({ row: { audit, budgetId } }: { readonly row: BudgetRow }): ReactElement {
  if (audit === null) return <span className="c-quiet">–</span>
  if (budgetId === null) return <span className="c-quiet">See the budget</span>
  const { tone, word, why } = auditWord(audit)
  return (
    <>
      <Status tone={tone} title={why} plain>
        {word}
      </Status>
      {audit.findingId === null ? null : (
        <span className="c-sub">
          <Link to="/findings" search={{ finding: audit.findingId, view: 'all' }} className="c-link">
            View finding
          </Link>
        </span>
      )}
    </>
  )
}

function Actions({ row, edit, clear }: Omit<BudgetTableProps, 'rows'> & { readonly row: BudgetRow }): ReactElement {
  const name = visibleText(placeName(row))
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        title="Edit"
        aria-label={`Edit the budget of ${name}`}
        onClick={() => edit(row)}
      >
        <IconPencil size={15} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        title="Clear"
        aria-label={`Clear the budget of ${name}`}
        onClick={() => clear(row)}
      >
        <IconX size={15} aria-hidden />
      </ActionIcon>
    </>
  )
}
