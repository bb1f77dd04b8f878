import { SegmentedControl, Table } from '@mantine/core'
import { IconChartBar } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import type { Outputs } from '../../../shared/contract/contract.ts'
import { SEVERITIES } from '../../../shared/domain/findings/severity.ts'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { wholeNumber } from '../../ui/relative.ts'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { WhenDay } from '../../ui/when.tsx'
import { TrendChart } from './trend-chart.tsx'
import { computeTrend } from './trend-data.ts'
import { severityWord } from '../../entities/finding-labels.ts'

type Points = Outputs['findings']['trend']

interface TrendPictureProps {
  readonly shown: 'chart' | 'table'
  readonly show: (as: 'chart' | 'table' | undefined) => void
}

/** The number of open findings of each severity, after each day on which it changed: as a chart, and as a table. */
export function TrendPicture({ shown, show }: TrendPictureProps): ReactElement {
  const { client } = useScope()
  const trend = useQuery(query.findings.trend.queryOptions({ input: { client } }))
  if (trend.isPending) return <Loading what="the trend" />
  if (trend.isError) return <Failed error={trend.error} retry={() => void trend.refetch()} />
  if (trend.data.length === 0) {
    return (
      <Empty icon={IconChartBar} title="No trend yet">
        It begins with the first sync that shows a finding.
      </Empty>
    )
  }
  return (
    <section className="c-card" aria-labelledby="trend">
      <header className="c-card-head">
        <h2 className="c-card-title" id="trend">
          Open findings over time
        </h2>
        <SegmentedControl
          aria-label="Show the trend as"
          value={shown}
          onChange={(value) => show(value === 'table' ? 'table' : undefined)}
          data={[
            { value: 'chart', label: 'Chart' },
            { value: 'table', label: 'Table' },
          ]}
        />
      </header>
      {shown === 'chart' ? <TrendChart trend={computeTrend(trend.data)} /> : <TrendTable points={trend.data} />}
    </section>
  )
}

function TrendTable({ points }: { readonly points: Points }): ReactElement {
  return (
    <Table.ScrollContainer minWidth={560} type="native">
      <Table className="c-table" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Day</Table.Th>
            {SEVERITIES.map((severity) => (
              <Table.Th key={severity} className="c-number">
                {severityWord(severity).word}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {points.toReversed().map((point) => (
            <Table.Tr key={point.day}>
              <Table.Th scope="row">
                <WhenDay day={point.day} show="day" />
              </Table.Th>
              {SEVERITIES.map((severity) => (
                <Table.Td key={severity} className="c-number">
                  {wholeNumber(point.counts[severity])}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}
