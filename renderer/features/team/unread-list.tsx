import type { ReactElement } from 'react'

import type { TeamStatus } from '../../../shared/contract/team.ts'
import { visibleText } from '../../ui/text.ts'
import { useClientNames } from './use-client-names.ts'
import classes from './team.module.css'

/** The connections that no device of the team can read; absent while there is none. */
export function UnreadList({ team }: { readonly team: TeamStatus }): ReactElement | null {
  const findName = useClientNames()
  if (team.unread.length === 0) return null
  return (
    <section className="c-card" aria-label="Read by no device">
      <div className="c-card-head">
        <h2 className="c-card-title">Read by no device</h2>
      </div>
      <div className={classes['body']}>
        <p className="c-prose">
          No device of the team has a credential of these connections. Set one on the device that is to read them.
        </p>
        <ul className={classes['names']}>
          {team.unread.map(({ client, connection }) => (
            <li key={`${client} ${connection}`}>{`${visibleText(connection)} (${findName(client) ?? client})`}</li>
          ))}
        </ul>
      </div>
    </section>
  )
}
