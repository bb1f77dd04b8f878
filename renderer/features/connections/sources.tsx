import { Table } from '@mantine/core'
import type { ReactElement } from 'react'

import type { Connection, SourceSummary } from '../../../shared/contract/connections.ts'
import type { SyncProgress } from '../../../shared/contract/sync.ts'
import { sourceLabel } from '../../../shared/domain/source.ts'
import { Named } from '../../ui/named.tsx'
import { plural } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import { sourceWord } from '../../ui/words.ts'
import { fetchedText, notReadFirst } from '../../entities/connection-summary.ts'

/** Each source of a sync: whether it was read to its end, how many rows came, and what was left out and why. */
export function SourceTable({ sources }: { readonly sources: readonly SourceSummary[] }): ReactElement {
  return (
    <Table className="c-table c-table-tight">
      <SourceHead />
      <Table.Tbody>
        {notReadFirst(sources).map((each) => (
          <Table.Tr key={each.source}>
            <Table.Th scope="row">
              {sourceLabel(each.source)}
              {each.reason === null ? null : (
                <span className="c-sub">
                  <Named text={each.reason} />
                </span>
              )}
              {each.excluded.map(({ count, reason }) => (
                <span key={reason} className="c-sub">
                  {plural(count, 'row')} left out: <Named text={reason} />
                </span>
              ))}
            </Table.Th>
            <Table.Td>
              <Status tone={sourceWord(each.state).tone} plain>
                {sourceWord(each.state).word}
              </Status>
            </Table.Td>
            <Table.Td className="c-number">{fetchedText(each.fetched, each.expected)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

/** The same while the sync runs. */
export function ProgressTable({ progress }: { readonly progress: SyncProgress }): ReactElement {
  return (
    <Table className="c-table c-table-tight">
      <SourceHead />
      <Table.Tbody>
        {progress.sources.map((each) => (
          <Table.Tr key={each.source}>
            <Table.Th scope="row">
              {sourceLabel(each.source)}
              {each.projects === null ? null : (
                <span className="c-sub">{`${each.projects.ended} of ${plural(each.projects.begun, 'project')}`}</span>
              )}
            </Table.Th>
            <Table.Td>
              <Status tone={sourceWord(each.state).tone} plain>
                {sourceWord(each.state).word}
              </Status>
            </Table.Td>
            <Table.Td className="c-number">{fetchedText(each.fetched, each.expected)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function SourceHead(): ReactElement {
  return (
    <Table.Thead>
      <Table.Tr>
        <Table.Th>Source</Table.Th>
        <Table.Th>State</Table.Th>
        <Table.Th className="c-number">Rows</Table.Th>
      </Table.Tr>
    </Table.Thead>
  )
}

/** What a credential can and cannot read, by source. */
export function CapabilityTable({ capabilities }: Pick<Connection['credential'], 'capabilities'>): ReactElement {
  return (
    <Table className="c-table c-table-tight">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Source</Table.Th>
          <Table.Th>This credential</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {notReadFirst(capabilities).map((each) => (
          <Table.Tr key={each.source}>
            <Table.Th scope="row">
              {sourceLabel(each.source)}
              {each.reason === null ? null : (
                <span className="c-sub">
                  <Named text={each.reason} />
                </span>
              )}
            </Table.Th>
            <Table.Td>
              <Status tone={sourceWord(each.state).tone} plain>
                {sourceWord(each.state).word}
              </Status>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
