import { Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import type { BudgetRow } from '../../../shared/contract/budgets.ts'
import { dollarText } from '../../../shared/domain/usage/money.ts'
import { query } from '../../app/api.ts'
import { useScope } from '../../app/scope.ts'
import { ClientMark } from '../../ui/client-mark.tsx'
import { Named } from '../../ui/named.tsx'
import { plural } from '../../ui/relative.ts'
import { Failed, Loading } from '../../ui/states.tsx'
import { Status, type Tone } from '../../ui/status.tsx'

const WARN = 80
const FULL = 100

function toneOf(percent: number): Tone {
  if (percent >= FULL) return 'bad'
  return percent >= WARN ? 'warn' : 'good'
}

/** What may be spent this month and what is: budgets agreed here, and limits that providers hold. Nothing where there is none. */
export function Budgets(): ReactElement | null {
  const { client } = useScope()
  const budgets = useQuery(query.budgets.list.queryOptions({ input: { client } }))
  if (budgets.isPending) return <Loading what="budgets" rows={3} />
  if (budgets.isError) return <Failed error={budgets.error} retry={() => void budgets.refetch()} />
  if (budgets.data.length === 0) return null
  return (
    <section className="c-card" aria-labelledby="budgets">
      <header className="c-card-head">
        <h2 className="c-card-title" id="budgets">
          Budgets and limits, this month
        </h2>
      </header>
      <Table.ScrollContainer minWidth={760} type="native">
        <Table className="c-table" highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Of</Table.Th>
              <Table.Th>Client</Table.Th>
              <Table.Th>Kind</Table.Th>
              <Table.Th>Spent</Table.Th>
              <Table.Th className="c-number">USD</Table.Th>
              <Table.Th className="c-number">Of USD</Table.Th>
              <Table.Th className="c-number">Forecast</Table.Th>
              <Table.Th>Reached in</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {budgets.data.map((row) => (
              <Table.Tr key={row.rowKey}>
                <Table.Th scope="row">
                  <Named text={row.project?.name ?? row.connection?.label ?? row.client.name} />
                </Table.Th>
                <Table.Td>
                  <ClientMark client={row.client} />
                </Table.Td>
                <Table.Td>{kindWord(row)}</Table.Td>
                <Table.Td>
                  {row.recorded ? (
                    <Status tone={toneOf(row.percent)}>{`${row.percent} %`}</Status>
                  ) : (
                    <Status tone="quiet">Not recorded</Status>
                  )}
                </Table.Td>
                <Table.Td className="c-number">{row.recorded ? dollarText(row.spent) : '–'}</Table.Td>
                <Table.Td className="c-number">{dollarText(row.amount)}</Table.Td>
                <Table.Td className="c-number" title={errorWord(row)}>
                  {row.recorded ? `≈ ${dollarText(row.forecast)}` : '–'}
                </Table.Td>
                <Table.Td>{row.recorded ? leftWord(row) : '–'}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  )
}

function kindWord({ budgetId, enforcement }: BudgetRow): string {
  const kind = enforcement === 'hard' ? 'Hard limit' : 'Alert'
  return budgetId === null ? `${kind}, by the provider` : `${kind}, agreed`
}

function errorWord({ forecastError }: BudgetRow): string {
  return forecastError === null
    ? 'Too little is known of earlier months to say how good this is'
    : `Off by ${Math.round(forecastError * 100)} % in earlier months`
}

function leftWord({ daysLeft }: BudgetRow): string {
  if (daysLeft === null) return 'not this month'
  return daysLeft === 0 ? 'reached' : plural(daysLeft, 'day')
}
