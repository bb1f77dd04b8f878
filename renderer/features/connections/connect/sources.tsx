import { Table } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'

import type { Connection, SourceSummary } from '../../../../shared/contract/connections.ts'
import type { SyncProgress } from '../../../../shared/contract/sync.ts'
import { sourceLabel } from '../../../../shared/domain/source.ts'
import { Named } from '../../../ui/named.tsx'
import { plural } from '../../../ui/relative.ts'
import { Status } from '../../../ui/status.tsx'
import { sourceWord } from '../../../ui/words.ts'
import { notReadFirst } from '../../../entities/completeness.ts'
import { fetchedText } from '../../../entities/connection-summary.ts'

interface SourceRowProps {
  /** One source, or several that share state and reason. */
  readonly sources: readonly SourceSummary['source'][]
  readonly state: Parameters<typeof sourceWord>[0]
  /** Why it was not read, in the provider's words. */
  readonly reason?: string | null
  /** Rows in words; left out in a table without that column. */
  readonly rows?: string
  readonly children?: ReactNode
}

function SourceRow({ sources, state, reason = null, rows, children }: SourceRowProps): ReactElement {
  const { tone, word } = sourceWord(state)
  return (
    <Table.Tr>
      <Table.Th scope="row">
        {sources.map(sourceLabel).join(', ')}
        {reason === null ? null : (
          <span className="c-sub">
            <Named text={reason} />
          </span>
        )}
        {children}
      </Table.Th>
      <Table.Td>
        <Status tone={tone} plain>
          {word}
        </Status>
      </Table.Td>
      {rows === undefined ? null : <Table.Td className="c-number">{rows}</Table.Td>}
    </Table.Tr>
  )
}

interface SourcesProps {
  /** The heading of the states. */
  readonly state: string
  readonly withRows: boolean
  readonly children: ReactNode
}

function Sources({ state, withRows, children }: SourcesProps): ReactElement {
  return (
    <Table className="c-table c-table-tight">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Source</Table.Th>
          <Table.Th>{state}</Table.Th>
          {withRows ? <Table.Th className="c-number">Rows</Table.Th> : null}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>{children}</Table.Tbody>
    </Table>
  )
}

/** Each source of a sync: whether it was read completely, the number of rows, and what was skipped and why. */
export function SourceTable({ sources }: { readonly sources: readonly SourceSummary[] }): ReactElement {
  return (
    <Sources state="State" withRows>
      {notReadFirst(sources).map((each) => (
        <SourceRow
          key={each.source}
          sources={[each.source]}
          state={each.state}
          reason={each.reason}
          rows={fetchedText(each)}
        >
          {each.excluded.map(({ reason, count }) => (
            <span key={reason} className="c-sub">
              {plural(count, 'row')} skipped: <Named text={reason} />
            </span>
          ))}
        </SourceRow>
      ))}
    </Sources>
  )
}

/** Each source of a sync while it is running. */
export function ProgressTable({ progress }: { readonly progress: SyncProgress }): ReactElement {
  return (
    <Sources state="State" withRows>
      {progress.sources.map((each) => (
        <SourceRow key={each.source} sources={[each.source]} state={each.state} rows={fetchedText(each)}>
          {each.projects === null ? null : (
            <span className="c-sub">{`${each.projects.ended} of ${plural(each.projects.begun, 'project')}`}</span>
          )}
        </SourceRow>
      ))}
    </Sources>
  )
}

/** Sources that cannot be read, in one row for all that share the reason. */
export function LackingTable({
  sources,
}: {
  readonly sources: readonly Connection['credential']['capabilities'][number][]
}): ReactElement {
  return (
    <Sources state="This credential" withRows={false}>
      {[...Map.groupBy(sources, ({ state, reason }) => JSON.stringify([state, reason]))].flatMap(([key, shared]) =>
        shared
          .slice(0, 1)
          .map(({ state, reason }) => (
            <SourceRow key={key} sources={shared.map(({ source }) => source)} state={state} reason={reason} />
          )),
      )}
    </Sources>
  )
}

/** Which sources a credential can and cannot read; a reason that several share is shown once. */
export function CapabilityTable({ capabilities }: Pick<Connection['credential'], 'capabilities'>): ReactElement {
  return <LackingTable sources={notReadFirst(capabilities)} />
}
