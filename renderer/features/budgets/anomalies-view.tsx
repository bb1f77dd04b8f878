import { Table } from '@mantine/core'
import { IconActivityHeartbeat } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { AnomalyRow } from '../../../shared/contract/budgets.ts'
import { formatShortDay } from '../../../shared/domain/text/dates.ts'
import { Sparkline } from '../../charts/sparkline.tsx'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Named } from '../../ui/named.tsx'
import { plural } from '../../ui/relative.ts'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { numbers, SmallTable } from '../../ui/table/small-table.tsx'
import { useQuery } from '../../ui/use-query.ts'
import styles from './budgets.module.css'
import { amountWord, deviationWord, directionWord } from './labels.ts'

/** Anomalies of keys and projects in the last four weeks, each with the earlier days that it is compared with. */
export function AnomaliesView(): ReactElement {
  const { client } = useScope()
  const anomalies = useQuery(query.budgets.anomalies.queryOptions({ input: { client } }))
  if (anomalies.isPending) return <Loading what="anomalies" />
  if (anomalies.isError) return <Failed error={anomalies.error} retry={() => void anomalies.refetch()} />
  const { rows, count } = anomalies.data
  if (count === 0) {
    return (
      <Empty icon={IconActivityHeartbeat} title="No anomalies">
        No key and no project used much more than expected in the last four weeks, or dropped to zero. Anomalies need at
        least four weeks of usage.
      </Empty>
    )
  }
  return (
    <section className="c-card" aria-labelledby="anomalies">
      <h2 className="c-card-title" id="anomalies">
        {rows.length < count
          ? `The latest ${rows.length} of ${plural(count, 'anomaly', 'anomalies')}`
          : `${plural(count, 'anomaly', 'anomalies')} in the last four weeks`}
      </h2>
      <SmallTable
        id="anomalies"
        minWidth={900}
        headings={[
          'Key or project',
          'Client',
          'Change',
          'Days',
          numbers('Actual'),
          numbers('Expected'),
          numbers('Deviation'),
          'Same weekdays before, and peak',
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
            </Table.Td>
            <Table.Td className={styles['spent']} title={plural(row.days, 'unusual day')}>
              {row.firstDay === row.lastDay
                ? formatShortDay(row.firstDay)
                : `${formatShortDay(row.firstDay)} – ${formatShortDay(row.lastDay)}`}
            </Table.Td>
            <Table.Td className="c-number">{amountWord(row.measure, row.amount)}</Table.Td>
            <Table.Td className="c-number">{amountWord(row.measure, row.usual)}</Table.Td>
            <Table.Td className="c-number">{deviationWord(row)}</Table.Td>
            <Table.Td>
              <Before row={row} />
            </Table.Td>
          </Table.Tr>
        ))}
      </SmallTable>
      <p className="c-card-note">
        A day is unusual when it is above the median of the same weekdays of the eight weeks before by at least 5
        dollars (or a million tokens), by half of that median, and by four times the usual deviation of those weeks; or
        when it is zero where that much is expected. A key is followed through its rotations.
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

/** The evidence: the usage of the same weekdays, oldest first, and the day that deviates most. */
function Before({ row: { before, measure, peak } }: { readonly row: AnomalyRow }): ReactElement {
  const days = [...before, peak]
  const label = days.map(({ day, amount }) => `${formatShortDay(day)}: ${amountWord(measure, amount)}`).join(', ')
  return <Sparkline values={days.map(({ amount }) => amount)} label={label} />
}
