import { Table } from '@mantine/core'
import { IconActivityHeartbeat } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { AnomalyRow } from '../../../shared/contract/budgets.ts'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Named } from '../../ui/named.tsx'
import { plural } from '../../ui/relative.ts'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { numbers, SmallTable } from '../../ui/table/small-table.tsx'
import { WhenDay } from '../../ui/when.tsx'
import styles from './budgets.module.css'
import { amountWord, directionWord, timesWord } from './labels.ts'

/** Sudden changes of keys and projects in the last four weeks, each with the days that it is held against. */
export function AnomaliesView(): ReactElement {
  const { client } = useScope()
  const anomalies = useQuery(query.budgets.anomalies.queryOptions({ input: { client } }))
  if (anomalies.isPending) return <Loading what="sudden changes" />
  if (anomalies.isError) return <Failed error={anomalies.error} retry={() => void anomalies.refetch()} />
  const { rows, count } = anomalies.data
  if (count === 0) {
    return (
      <Empty icon={IconActivityHeartbeat} title="Nothing changed suddenly">
        No key and no project used much more than usual in the last four weeks, or fell to nothing. At least four weeks
        of usage have to be known before anything can stand out.
      </Empty>
    )
  }
  return (
    <section className="c-card" aria-labelledby="anomalies">
      <h2 className="c-card-title" id="anomalies">
        {rows.length < count
          ? `The latest ${rows.length} of ${plural(count, 'sudden change')}`
          : `${plural(count, 'sudden change')} in the last four weeks`}
      </h2>
      <SmallTable
        minWidth={1040}
        headings={[
          'Key or project',
          'Client',
          'Change',
          'First day',
          'Last day',
          numbers('Came'),
          numbers('Usual'),
          'The same weekdays before',
        ]}
      >
        {rows.map((row) => (
          <Table.Tr key={row.rowKey}>
            <Table.Th scope="row">
              <Subject row={row} />
              <span className="c-sub">{row.of === 'key' ? 'key' : 'project'}</span>
            </Table.Th>
            <Table.Td>
              <ClientMark client={row.client} />
            </Table.Td>
            <Table.Td>
              <Status tone={directionWord(row).tone}>{directionWord(row).word}</Status>
              <span className="c-sub">{timesWord(row)}</span>
            </Table.Td>
            <Table.Td>
              <WhenDay day={row.firstDay} show="day" />
            </Table.Td>
            <Table.Td>
              <WhenDay day={row.lastDay} show="day" />
              <span className="c-sub">{`${plural(row.days, 'day')} stood out`}</span>
            </Table.Td>
            <Table.Td className="c-number">{amountWord(row.measure, row.amount)}</Table.Td>
            <Table.Td className="c-number">{amountWord(row.measure, row.usual)}</Table.Td>
            <Table.Td className="c-wrap">
              <Before row={row} />
            </Table.Td>
          </Table.Tr>
        ))}
      </SmallTable>
      <p className={styles['below']}>
        A day stands out when it lies above the median of the same weekdays of the eight weeks before by at least 5
        dollars (or a million tokens), by half of that median, and by four times what those weeks usually scatter; or
        when nothing comes where that much is usual. A key is followed through its rotations.
      </p>
    </section>
  )
}

function Subject({ row }: { readonly row: AnomalyRow }): ReactElement {
  const name = <Named text={row.name} />
  if (row.ref === null) return name
  return row.of === 'key' ? (
    <Link to="/keys" search={{ key: row.ref }} className="c-link">
      {name}
    </Link>
  ) : (
    <Link to="/projects" search={{ project: row.ref }} className="c-link">
      {name}
    </Link>
  )
}

/** The evidence: what came on the same days of the week, oldest first. */
function Before({ row: { before, measure } }: { readonly row: AnomalyRow }): ReactElement {
  const title = before.map(({ day, amount }) => `${day}: ${amountWord(measure, amount)}`).join('\n')
  const amounts = before.map(({ amount }) =>
    amountWord(measure, amount)
      .replace(/^≈ /u, '')
      .replace(/ (?:USD|tokens?)$/u, ''),
  )
  return <span title={title}>{amounts.join(' · ')}</span>
}
