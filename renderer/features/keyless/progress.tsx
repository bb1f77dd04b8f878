import type { ReactElement } from 'react'

import type { KeylessProgress } from '../../../shared/contract/keyless.ts'
import { ClientMark } from '../../ui/client-badge.tsx'
import { plural } from '../../ui/relative.ts'
import classes from './keyless.module.css'

/** How far each client is: keys without a rule, beside one, and retired, with the share that is done. */
export function Progress({ rows }: { readonly rows: readonly KeylessProgress[] }): ReactElement {
  const sum = (part: 'static' | 'beside' | 'retired'): number => rows.reduce((total, row) => total + row[part], 0)
  return (
    <details className={classes['progress']}>
      <summary>
        {`${plural(sum('static'), 'key')} without a rule · ${plural(sum('beside'), 'key')} beside a rule · ${sum('retired')} retired`}
      </summary>
      <ul className={classes['clients']}>
        {rows.map((row) => (
          <li key={row.client.slug}>
            <ClientMark client={row.client} />
            <progress
              className={classes['bar']}
              max={row.static + row.beside + row.retired}
              value={row.retired}
              aria-label={`Retired keys of ${row.client.name}`}
            />
            <span className="c-number">
              {`${row.static} without a rule · ${row.beside} beside a rule · ${row.retired} retired`}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
