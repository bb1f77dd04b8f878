import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'

import type { TeamStatus } from '../../../shared/contract/team.ts'
import { query } from '../../data/api.ts'
import { Failed } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { When } from '../../ui/when.tsx'
import { describeRoles } from './team-labels.ts'
import classes from './team.module.css'

/** The team, its server, and how this device is with both. */
export function Summary({ team }: { readonly team: TeamStatus }): ReactElement {
  const { name, server, own, lastContact, problem, clock, sentence, root } = team
  return (
    <section className="c-card" aria-label="This team">
      <div className="c-card-head">
        <h2 className="c-card-title">{name === null ? 'A team' : visibleText(name)}</h2>
        {team.state === 'founding' ? <Continue /> : null}
      </div>
      <div className={classes['body']}>
        {sentence === null ? null : <p className="c-prose">{sentence}</p>}
        {problem === null ? null : <output className="c-prose">{problem}</output>}
        {clock === null ? null : (
          <output className="c-prose">
            <Status tone="warn" plain>
              Clock differs
            </Status>{' '}
            {clock}
          </output>
        )}
        <dl className="c-facts">
          {own === null ? null : (
            <>
              <dt>You</dt>
              <dd>
                {visibleText(own.name)} ({describeRoles(own)})
              </dd>
            </>
          )}
          {server === null ? null : (
            <>
              <dt>Server</dt>
              <dd className="c-mono c-break">
                {server.host}:{server.port}/{server.database}
              </dd>
            </>
          )}
          <dt>Last contact</dt>
          <dd>{lastContact === null ? 'Not since Castellan started' : <When at={lastContact} />}</dd>
          {root === null ? null : (
            <>
              <dt>First entry</dt>
              <dd className="c-mono c-break" title="Every invite and every device has this head">
                {root}
              </dd>
            </>
          )}
        </dl>
      </div>
    </section>
  )
}

/** Goes on with the founding, once the administrator has run the SQL. */
function Continue(): ReactElement {
  const queries = useQueryClient()
  const init = useMutation(
    query.team.init.mutationOptions({ onSettled: () => queries.invalidateQueries({ queryKey: query.team.key() }) }),
  )
  return (
    <>
      <Button loading={init.isPending} onClick={() => init.mutate({})}>
        Continue set-up
      </Button>
      {init.isError ? <Failed error={init.error} /> : null}
    </>
  )
}
