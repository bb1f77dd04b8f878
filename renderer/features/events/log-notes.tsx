import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { EventLog } from '../../../shared/contract/events.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { visibleText } from '../../ui/text.ts'
import classes from './events.module.css'
import { describeUnknown } from './log-words.ts'

/** Connections that are named before the others are only counted. */
const NAMED = 3

/** Above the list: connections whose log is not known as a whole, each with the reason. */
export function LogNotes({ logs }: { readonly logs: readonly EventLog[] }): ReactElement | null {
  const unknown = logs.flatMap((log) => {
    const why = describeUnknown(log)
    return why === null ? [] : [{ connection: log.connection, why }]
  })
  if (unknown.length === 0) return null
  return (
    <ul className={classes['notes']} aria-label="Logs that are not known as a whole">
      {unknown.slice(0, NAMED).map(({ connection, why }) => (
        <li key={connection.id}>
          <Link to="/connections" search={{ connection: connection.id }} className="c-link">
            <bdi>{visibleText(connection.label)}</bdi>
          </Link>
          {': '}
          {visibleText(why)}
        </li>
      ))}
      {unknown.length > NAMED ? (
        <li>{`${counted(unknown.length - NAMED, 'further log is', 'further logs are')} not known as a whole.`}</li>
      ) : null}
    </ul>
  )
}
