import { Button, Table } from '@mantine/core'
import { IconReportMoney } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { DueReport } from '../../../shared/contract/reports.ts'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { ACTIONS, SmallTable } from '../../ui/table/small-table.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import { When, WhenDay } from '../../ui/when.tsx'
import { formatWord, kindWord, periodWord } from './labels.ts'

const route = getRouteApi('/usage/reports')

/** The scheduled reports that are due, and those that were made. */
export function MadeView(): ReactElement {
  return (
    <>
      <Due />
      <Made />
    </>
  )
}

function Due(): ReactElement {
  const { client } = useScope()
  const navigate = route.useNavigate()
  const due = useQuery(query.reports.due.queryOptions({ input: { client } }))
  if (due.isPending) return <Loading what="the schedule" rows={4} />
  if (due.isError) return <Failed error={due.error} retry={() => void due.refetch()} />
  const make = ({ client: of, kind, period }: DueReport): void =>
    void navigate({ search: { client: of.slug, kind, period } })
  return (
    <section className="c-card" aria-labelledby="due">
      <header className="c-card-head">
        <h2 className="c-card-title" id="due">
          Scheduled
        </h2>
      </header>
      {due.data.length === 0 ? (
        <Empty
          icon={IconReportMoney}
          title="No scheduled reports"
          action={
            <Button variant="default" onClick={() => void navigate({ search: { view: 'settings' } })}>
              Set schedule
            </Button>
          }
        >
          Choose for each client which reports are due each week or month. Castellan sends one reminder for each.
        </Empty>
      ) : (
        <SmallTable
          id="scheduled-reports"
          minWidth={760}
          headings={['Client', 'Report', 'Period', 'Due', 'State', 'For', ACTIONS]}
        >
          {due.data.map((row) => (
            <Table.Tr key={`${row.client.slug} ${row.kind}`}>
              <Table.Th scope="row">
                <ClientMark client={row.client} />
              </Table.Th>
              <Table.Td>{kindWord(row.kind)}</Table.Td>
              <Table.Td>{periodWord(row.period)}</Table.Td>
              <Table.Td>
                <WhenDay day={row.dueOn} />
              </Table.Td>
              <Table.Td>
                {row.madeAt === null ? <Status tone="warn">Due</Status> : <Status tone="good">Made</Status>}
              </Table.Td>
              <Table.Td>{row.recipients.length === 0 ? '–' : visibleText(row.recipients.join(', '))}</Table.Td>
              <Table.Td>
                <Button variant="default" size="compact-xs" onClick={() => make(row)}>
                  {`Create ${kindWord(row.kind).toLowerCase()} for ${periodWord(row.period)}`}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </SmallTable>
      )}
    </section>
  )
}

function Made(): ReactElement {
  const { client } = useScope()
  const made = useQuery(query.reports.history.queryOptions({ input: { client, limit: 100 } }))
  if (made.isPending) return <Loading what="the history" rows={4} />
  if (made.isError) return <Failed error={made.error} retry={() => void made.refetch()} />
  return (
    <section className="c-card" aria-labelledby="made">
      <header className="c-card-head">
        <h2 className="c-card-title" id="made">
          History
        </h2>
      </header>
      {made.data.length === 0 ? (
        <Empty icon={IconReportMoney} title="No reports yet">
          Choose a report, preview it, and save it.
        </Empty>
      ) : (
        <SmallTable
          id="reports-that-were-made"
          minWidth={860}
          headings={['Report', 'Period', 'Client', 'Format', 'Made', 'By', 'File']}
        >
          {made.data.map((row) => (
            <Table.Tr key={row.seq}>
              <Table.Th scope="row">{kindWord(row.kind)}</Table.Th>
              <Table.Td>{periodWord(row.period)}</Table.Td>
              <Table.Td>{visibleText(row.client ?? 'All clients')}</Table.Td>
              <Table.Td>{formatWord(row.format)}</Table.Td>
              <Table.Td>
                <When at={row.at} />
              </Table.Td>
              <Table.Td>{visibleText(row.operator)}</Table.Td>
              <Table.Td className="c-mono c-break" title={`SHA-256 ${row.sha256}`}>
                {visibleText(row.path)}
              </Table.Td>
            </Table.Tr>
          ))}
        </SmallTable>
      )}
    </section>
  )
}
