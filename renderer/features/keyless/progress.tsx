import { Progress } from '@mantine/core'
import type { ReactElement } from 'react'

import type { KeylessProgress } from '../../../shared/contract/keyless.ts'
import { ClientMark } from '../../ui/client-badge.tsx'
import { plural, wholeNumber } from '../../ui/relative.ts'
import { visibleText } from '../../ui/text.ts'
import classes from './keyless.module.css'

type Counts = Pick<KeylessProgress, 'static' | 'beside' | 'retired'>

function describeCounts({ static: without, beside, retired }: Counts): string {
  return `${plural(without, 'key')} without a rule · ${wholeNumber(beside)} beside a rule · ${wholeNumber(retired)} retired`
}

/** How far each client is: keys without a rule, beside one, and retired, with the share that is done. */
export function KeylessProgressList({ rows }: { readonly rows: readonly KeylessProgress[] }): ReactElement {
  const sum = (part: keyof Counts): number => rows.reduce((total, row) => total + row[part], 0)
  return (
    <details className={classes['progress']}>
      <summary>{describeCounts({ static: sum('static'), beside: sum('beside'), retired: sum('retired') })}</summary>
      <ul className={classes['clients']}>
        {rows.map((row) => (
          <li key={row.client.slug}>
            <ClientMark client={row.client} />
            <Progress
              value={(row.retired / (row.static + row.beside + row.retired)) * 100}
              size="sm"
              aria-label={`Retired keys of ${visibleText(row.client.name)}`}
            />
            <span className="c-tabular">{describeCounts(row)}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
