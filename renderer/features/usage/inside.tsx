import { Button, Table } from '@mantine/core'
import type { ReactElement } from 'react'

import type { UsageBy, UsageInside, UsageSource } from '../../../shared/contract/usage.ts'
import { shortCount } from '../../../shared/domain/text/amounts.ts'
import { capitalize } from '../../../shared/domain/capitalize.ts'
import { formatWholePeriod } from '../../../shared/domain/text/dates.ts'
import { dollarText } from '../../../shared/domain/text/money.ts'
import { describePeriod } from '../../../shared/domain/usage/headline.ts'
import { SOURCE_LABELS } from '../../../shared/domain/usage/source.ts'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { Named } from '../../ui/named.tsx'
import { Fact, Facts, Nothing, PanelSection } from '../../ui/panel/panel-section.tsx'
import { SidePanel } from '../../ui/panel/side-panel.tsx'
import { wholeNumber } from '../../ui/relative.ts'
import { Answer } from '../../ui/states.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import { bucketWord, byWord } from '../../entities/usage-labels.ts'

interface InsidePanelProps {
  readonly at: string
  readonly rowKey: string
  readonly by: UsageBy
  readonly source: UsageSource
  /** Shows all usage grouped by another dimension. */
  readonly show: (by: UsageBy) => void
  readonly close: () => void
}

/** The rows behind a part of a bar: one value on a day or in a month, by all other dimensions. */
export function InsidePanel({ at, rowKey, by, source, show, close }: InsidePanelProps): ReactElement {
  const { client } = useScope()
  const inside = useQuery(query.usage.inside.queryOptions({ input: { client, period: at, by, rowKey, source } }))
  return (
    <SidePanel
      kind={byWord(by)}
      title={
        inside.data === undefined ? formatWholePeriod(at) : <Named text={inside.data.name} otherwise={bucketWord(by)} />
      }
      subtitle={`${formatWholePeriod(at)}, ${SOURCE_LABELS[source].toLowerCase()}`}
      onClose={close}
    >
      <Answer of={inside} what="what is inside">
        {(data) => <Parts inside={data} show={show} />}
      </Answer>
    </SidePanel>
  )
}

/** Tokens in short; the whole number on hover. */
function Short({ of }: { readonly of: number }): ReactElement {
  return <span title={wholeNumber(of)}>{shortCount(of)}</span>
}

function Totals({ total }: Pick<UsageInside, 'total'>): ReactElement {
  return (
    <Facts>
      <Fact name="Cost, USD">{dollarText(total.cost)}</Fact>
      <Fact name="Estimated, USD">{total.estimate === 0 ? '–' : `≈ ${dollarText(total.estimate)}`}</Fact>
      <Fact name="Requests">{wholeNumber(total.requests)}</Fact>
      <Fact name="Input tokens">
        <Short of={total.input} />
      </Fact>
      <Fact name="Output tokens">
        <Short of={total.output} />
      </Fact>
    </Facts>
  )
}

interface PartsProps {
  readonly inside: UsageInside
  readonly show: (by: UsageBy) => void
}

function Parts({ inside, show }: PartsProps): ReactElement {
  const { total, parts } = inside
  const read = describePeriod(inside)
  const isUnread = inside.reading.state === 'none' && Object.values(total).every((sum) => sum === 0)
  return (
    <>
      <PanelSection title="In all">
        {read === '' ? null : <Nothing>{`${capitalize(visibleText(read))}.`}</Nothing>}
        {isUnread ? null : <Totals total={total} />}
      </PanelSection>
      {parts.length === 0 ? <Nothing>No further breakdown.</Nothing> : null}
      {parts.map((part) => (
        <PanelSection
          key={part.by}
          title={byWord(part.by)}
          count={part.count}
          actions={
            <Button size="compact-xs" variant="subtle" onClick={() => show(part.by)}>
              {`All by ${byWord(part.by).toLowerCase()}`}
            </Button>
          }
        >
          <Table className="c-table">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{byWord(part.by)}</Table.Th>
                <Table.Th className="c-number">USD</Table.Th>
                <Table.Th className="c-number">Estimated</Table.Th>
                <Table.Th className="c-number">Tokens</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {part.rows.map((row, n) => (
                // oxlint-disable-next-line react/no-array-index-key -- rows have no identity but their place
                <Table.Tr key={n}>
                  <Table.Th scope="row">
                    <Named text={row.name} otherwise={bucketWord(part.by)} />
                  </Table.Th>
                  <Table.Td className="c-number">{dollarText(row.cost)}</Table.Td>
                  <Table.Td className="c-number">{row.estimate === 0 ? '–' : `≈ ${dollarText(row.estimate)}`}</Table.Td>
                  <Table.Td className="c-number">
                    <Short of={row.input + row.output} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </PanelSection>
      ))}
    </>
  )
}
