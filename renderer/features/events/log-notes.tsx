import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { EventLog } from '../../../shared/contract/events.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { toLocalDay } from '../../../shared/domain/day.ts'
import { formatDay } from '../../../shared/domain/text/dates.ts'
import { visibleText } from '../../ui/text.ts'
import classes from './events.module.css'

/** Connections that are named before the others are only counted. */
const NAMED = 3

/** What is not known of a log, in a sentence; null where everything since its beginning is. */
function whatIsUnknown(log: EventLog): string | null {
  if (log.state === null) return null
  if (log.state !== 'complete') return log.reason ?? 'It could not be read.'
  const [gap] = log.gaps
  if (gap === undefined) return null
  return `The provider no longer has what happened between ${formatDay(toLocalDay(gap.from))} and ${formatDay(toLocalDay(gap.to))}.`
}

/** Above the list: connections whose log is not known as a whole, each with the reason. */
export function LogNotes({ logs }: { readonly logs: readonly EventLog[] }): ReactElement | null {
  const unknown = logs.filter((log) => whatIsUnknown(log) !== null)
  if (unknown.length === 0) return null
  return (
    <ul className={classes['notes']} aria-label="Logs that are not known as a whole">
      {unknown.slice(0, NAMED).map((log) => (
        <li key={log.connection.id}>
          <Link to="/connections" search={{ connection: log.connection.id }} className="c-link">
            <bdi>{visibleText(log.connection.label)}</bdi>
          </Link>
          {': '}
          {visibleText(whatIsUnknown(log) ?? '')}
        </li>
      ))}
      {unknown.length > NAMED ? (
        <li>{`${counted(unknown.length - NAMED, 'further log is', 'further logs are')} not known as a whole.`}</li>
      ) : null}
    </ul>
  )
}

/** Why a list without rows may be empty. */
export function UnreadReasons({ logs }: { readonly logs: readonly EventLog[] }): ReactElement {
  const read = logs.filter(({ state }) => state === 'complete').length
  const asked = logs.filter(({ state }) => state !== null).length
  if (asked === 0) {
    return (
      <>
        No log was read yet. A sync reads the audit log of OpenAI and the activity feed of Anthropic, where they are on
        and the credential may read them.
      </>
    )
  }
  if (read < asked)
    return <>The log of {counted(asked - read, 'connection', 'connections')} could not be read, as named above.</>
  return <>{counted(read, 'log was', 'logs were')} read, and nothing was recorded in this period.</>
}
