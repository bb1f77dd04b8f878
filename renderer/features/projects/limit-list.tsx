import type { ReactElement } from 'react'

import type { LimitRow } from '../../../shared/contract/projects.ts'
import { Named } from '../../ui/named.tsx'
import { LongList } from '../../ui/panel/long-list.tsx'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import classes from './projects.module.css'
import { enforcementWord, limitWords } from '../../entities/project-labels.ts'

/** Limits in a panel: how much of what, for which model, and what happens at it. */
export function LimitList({ rows }: { readonly rows: readonly LimitRow[] }): ReactElement {
  return (
    <LongList items={rows} keyOf={(row) => row.id}>
      {(row) => (
        <div className={classes['limit']}>
          <span className={classes['amount']}>{visibleText(limitWords(row))}</span>
          <Status tone={row.enforcement === 'hard' ? 'warn' : 'info'} plain>
            {enforcementWord(row.enforcement)}
          </Status>
          <span className={classes['of']}>
            {row.kind === 'spend' ? 'Spend' : 'Rate'}
            {row.model === null ? null : (
              <>
                {' · '}
                <Named text={row.model} />
              </>
            )}
            {row.project === null ? ' · whole organization' : null}
          </span>
        </div>
      )}
    </LongList>
  )
}
