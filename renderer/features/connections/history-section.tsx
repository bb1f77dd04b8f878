import type { ReactElement } from 'react'

import type { SyncSummary } from '../../../shared/contract/connections.ts'
import { query } from '../../data/api.ts'
import { Named } from '../../ui/named.tsx'
import { Nothing, PanelSection } from '../../ui/panel/panel-section.tsx'
import { plural } from '../../ui/relative.ts'
import { Answer } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { syncWord } from '../../ui/words.ts'
import { When } from '../../ui/when.tsx'
import { SourceTable } from './connect/sources.tsx'
import classes from './connections.module.css'

/** The syncs of a connection, newest first, each with its sources. */
export function HistorySection({ connectionId }: { readonly connectionId: number }): ReactElement {
  const history = useQuery(query.connection.history.queryOptions({ input: { id: connectionId, limit: 30 } }))
  return (
    <PanelSection title="History">
      <Answer of={history} what="the history" rows={3}>
        {(data) =>
          data.length === 0 ? (
            <Nothing>No sync yet.</Nothing>
          ) : (
            <ul className={classes['history']}>
              {data.map((each) => (
                <li key={each.id}>
                  <PastSync sync={each} />
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </PanelSection>
  )
}

function PastSync({ sync }: { readonly sync: SyncSummary }): ReactElement {
  const { tone, word } = syncWord(sync.state)
  const rows = sync.sources.reduce((sum, each) => sum + each.fetched, 0)
  return (
    <details>
      <summary>
        <Status tone={tone} plain>
          {word}
        </Status>
        <When at={sync.finishedAt} />
        <span className="c-quiet">
          {plural(rows, 'row')}
          {sync.origin === 'file' ? ', from a file' : ''}, snapshot {sync.id}, by <Named text={sync.operator} />
        </span>
      </summary>
      {sync.reason === null ? null : (
        <p className="c-prose">
          <Named text={sync.reason} />
        </p>
      )}
      <SourceTable sources={sync.sources} />
    </details>
  )
}
