import { Button, Table } from '@mantine/core'
import { useState, type ReactElement } from 'react'

import type { UsageImported } from '../../../shared/contract/usage.ts'
import { api, query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Named } from '../../ui/named.tsx'
import { wholeNumber } from '../../ui/relative.ts'
import { Answer } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { ACTIONS, numbers, SmallTable } from '../../ui/table/small-table.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import { When } from '../../ui/when.tsx'

/** Imports that are shown; the terminal lists all. */
const SHOWN = 50

/** The imported files of usage records, and the undo of an import. */
export function Imports(): ReactElement {
  const { client } = useScope()
  const imports = useQuery(query.usage.imports.queryOptions({ input: { client, limit: SHOWN } }))
  const [undoing, setUndoing] = useState<UsageImported | null>(null)
  const [repeatedBy, setRepeatedBy] = useState<readonly string[]>([])
  const undo = async (): Promise<void> => {
    if (undoing !== null) setRepeatedBy((await api.usage.undo({ importId: undoing.importId })).repeatedBy)
  }
  return (
    <section className="c-card" aria-labelledby="imports">
      <header className="c-card-head">
        <h2 className="c-card-title" id="imports">
          Imported files
        </h2>
      </header>
      <Answer of={imports} what="imports" rows={2}>
        {(data) =>
          data.rows.length === 0 ? (
            <p className="c-card-note">No imported files.</p>
          ) : (
            <ImportTable rows={data.rows} undo={setUndoing} />
          )
        }
      </Answer>
      {repeatedBy.length === 0 ? null : (
        <output className="c-card-note">
          {`Later files repeated records that were counted before. Import them again so that none is missing: ${repeatedBy.map(visibleText).join(', ')}`}
        </output>
      )}
      <Confirm
        opened={undoing !== null}
        close={() => setUndoing(null)}
        title="Undo import"
        verb="Undo import"
        danger
        act={undo}
      >
        <p className="c-break">
          <Named text={undoing?.file} mono />
        </p>
        <p>Usage totals are then as if this file had never been imported. The file can be imported again.</p>
        <p>A file in a watched folder is imported again when it grows: remove it from the folder first.</p>
      </Confirm>
    </section>
  )
}

interface ImportTableProps {
  readonly rows: readonly UsageImported[]
  readonly undo: (row: UsageImported) => void
}

function ImportTable({ rows, undo }: ImportTableProps): ReactElement {
  return (
    <SmallTable
      id="imported-records"
      minWidth={760}
      headings={['File', 'Client', 'Imported', 'State', numbers('Counted'), numbers('Rejected'), ACTIONS]}
    >
      {rows.map((row) => (
        <Table.Tr key={row.importId}>
          <Table.Th scope="row" className="c-break">
            <Named text={row.file} mono />
          </Table.Th>
          <Table.Td>
            <ClientMark client={row.client} />
          </Table.Td>
          <Table.Td>
            <When at={row.at} />
          </Table.Td>
          <Table.Td>
            <State row={row} />
          </Table.Td>
          <Table.Td className="c-number">{wholeNumber(row.counted)}</Table.Td>
          <Table.Td className="c-number">{wholeNumber(row.refused)}</Table.Td>
          <Table.Td>
            {row.undoneAt === null ? (
              <Button
                variant="default"
                size="compact-xs"
                aria-label={`Undo import of ${visibleText(row.file)}`}
                onClick={() => undo(row)}
              >
                Undo
              </Button>
            ) : null}
          </Table.Td>
        </Table.Tr>
      ))}
    </SmallTable>
  )
}

function State({ row: { complete, undoneAt } }: { readonly row: UsageImported }): ReactElement {
  if (undoneAt !== null) return <Status tone="quiet">Undone</Status>
  return complete ? <Status tone="good">Imported</Status> : <Status tone="warn">Interrupted</Status>
}
