import { Button, Group } from '@mantine/core'
import type { ReactElement } from 'react'

import type { PersonnelPlan } from '../../../shared/contract/people.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { Named } from '../../ui/named.tsx'
import { plural } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'

interface PersonnelDoneProps {
  readonly result: PersonnelPlan
  readonly again: () => void
}

/** What an import of people did, what it left out, and what follows from it. */
export function PersonnelDone({ result, again }: PersonnelDoneProps): ReactElement {
  const { counts, leavers, departs } = result
  const refused = result.rows.filter(({ action }) => action === 'refuse')
  const people = (count: number): string => plural(count, 'person', 'people')
  return (
    <div className="c-form">
      <p>
        <Status tone="good">Imported</Status>
      </p>
      <dl className="c-facts">
        <dt>New</dt>
        <dd>{people(counts.new)}</dd>
        <dt>Updated</dt>
        <dd>{people(counts.update)}</dd>
        <dt>Doubtful</dt>
        <dd>{people(counts.doubtful)}</dd>
        <dt>{departs ? 'Marked as departed' : 'Missing, left as they are'}</dt>
        <dd>{people(counts.depart)}</dd>
        <dt>Refused</dt>
        <dd>{plural(counts.refuse, 'row')}</dd>
      </dl>
      {refused.length === 0 ? null : (
        <ul className="c-refused">
          {refused.map((row) => (
            <li key={`${row.line}:${row.subject}:${row.detail}`}>
              {`Line ${row.line}: `}
              <Named text={row.subject} />, <Named text={row.detail} />
            </li>
          ))}
        </ul>
      )}
      <p className="c-help">
        An import is not taken back as a whole. To change what it said, import a corrected file under the same source.
      </p>
      <Group gap="xs">
        <Button variant="default" onClick={again}>
          Import another file
        </Button>
        {counts.doubtful === 0 ? null : (
          <ButtonLink
            to="/people"
            search={(now) => ({ client: now.client, view: 'matches' as const })}
            variant="default"
          >
            Decide who is who
          </ButtonLink>
        )}
        <ButtonLink to="/people" search={(now) => ({ client: now.client, departed: leavers > 0 ? true : undefined })}>
          {leavers > 0 ? 'See who has gone' : 'See the people'}
        </ButtonLink>
      </Group>
    </div>
  )
}
