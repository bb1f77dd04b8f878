import { Button, Group } from '@mantine/core'
import { IconListSearch } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import { MAX_AT_ONCE, type RemediationRow } from '../../../../shared/contract/remediation.ts'
import { query } from '../../../data/api.ts'
import { useSyncProgress } from '../../../data/use-sync-progress.ts'
import { ClientMark } from '../../../ui/client-badge.tsx'
import { Named } from '../../../ui/named.tsx'
import { Answer } from '../../../ui/states.tsx'
import { Status } from '../../../ui/status.tsx'
import { visibleText } from '../../../ui/text.ts'
import { useQuery } from '../../../ui/use-query.ts'
import { When } from '../../../ui/when.tsx'
import { syncWord } from '../../../ui/words.ts'
import { RunningSync } from '../../../entities/running-sync.tsx'
import { RotationActions } from '../rotation.tsx'
import classes from '../remediation.module.css'
import { ShownMark, StateMark } from '../state-badge.tsx'
import { aboutState } from '../../../entities/remediation-labels.ts'

interface ResultsProps {
  readonly ids: readonly number[]
  /** Where the run stopped and why; null when it completed, or when that is no longer known. */
  readonly stopped: string | null
  readonly leave: () => void
  readonly preview: (ids: readonly number[]) => void
}

/** The last step: each change in its present state, whether a sync has verified it, and the progress of that sync. */
export function Results({ ids, stopped, leave, preview }: ResultsProps): ReactElement {
  const list = useQuery(query.remediation.list.queryOptions({ input: { remediations: [...ids], limit: MAX_AT_ONCE } }))
  const rows = ids.flatMap((id) => list.data?.rows.find((row) => row.remediationId === id) ?? [])
  const left = rows.filter((row) => row.state === 'waiting')
  return (
    <>
      {stopped === null ? null : (
        <p className={classes['line']} role="alert">
          <Status tone="bad">Stopped</Status>
          <span>{visibleText(stopped)}</span>
        </p>
      )}
      <Answer of={list} what="the results">
        {() => (
          <>
            <section className="c-card" aria-label="Remediations">
              <ol className={`c-list ${classes['outcomes'] ?? ''}`}>
                {rows.map((row) => (
                  <li key={row.remediationId}>
                    <OutcomeRow row={row} />
                  </li>
                ))}
              </ol>
            </section>
            <Reading rows={rows} />
          </>
        )}
      </Answer>
      <Group justify="flex-end" gap="xs">
        {left.length === 0 ? null : (
          <Button
            variant="default"
            leftSection={<IconListSearch size={14} aria-hidden />}
            onClick={() => preview(left.map((row) => row.remediationId))}
          >
            {`Preview ${left.length} pending`}
          </Button>
        )}
        <Button onClick={leave}>Close</Button>
      </Group>
    </>
  )
}

function OutcomeRow({ row }: { readonly row: RemediationRow }): ReactElement {
  return (
    <div className={classes['outcome']}>
      <StateMark row={row} />
      <div>
        <Link to="/remediation" search={{ remediation: row.remediationId }}>
          {visibleText(row.says)}
        </Link>
        <span className="c-sub">
          <ClientMark client={row.client} /> · <Named text={row.connection.label} />
        </span>
        <p className={classes['says']}>{visibleText(row.outcome ?? aboutState(row))}</p>
        <ShownMark row={row} />
        {row.state === 'deploying' ? <RotationActions row={row} /> : null}
      </div>
    </div>
  )
}

/** The affected connections with the progress of their re-sync. */
function Reading({ rows }: { readonly rows: readonly RemediationRow[] }): ReactElement | null {
  const progress = useSyncProgress()
  const connections = [...new Map(rows.map((row) => [row.connection.id, row.connection])).values()]
  const read = connections.flatMap((connection) => {
    const found = progress.find((each) => each.connectionId === connection.id)
    return found === undefined ? [] : [{ connection, found }]
  })
  if (read.length === 0) return null
  return (
    <section className="c-card" aria-labelledby="read-again">
      <h2 className="c-card-title" id="read-again">
        Re-synced
      </h2>
      <ul className={`c-list ${classes['outcomes'] ?? ''}`}>
        {read.map(({ connection, found }) => (
          <li key={connection.id}>
            <div className={classes['outcome']}>
              <Link to="/connections" search={{ connection: connection.id }}>
                <Named text={connection.label} />
              </Link>
              {found.notWritten !== null ? (
                <Status tone="bad" plain>
                  {`Not written. ${found.notWritten}`}
                </Status>
              ) : found.result === null ? (
                <RunningSync progress={found} />
              ) : (
                <span>
                  <Status tone={syncWord(found.result.state).tone} plain>
                    {syncWord(found.result.state).word}
                  </Status>{' '}
                  <When at={found.result.finishedAt} />
                </span>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
