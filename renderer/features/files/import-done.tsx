import { Button, Group } from '@mantine/core'
import type { ReactElement } from 'react'

import type { Outputs } from '../../../shared/contract/contract.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { Named } from '../../ui/named.tsx'
import { plural, wholeNumber } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'

interface ImportDoneProps {
  readonly result: Outputs['files']['import']
  readonly again: () => void
}

/** What an import did, and what it left out. */
export function ImportDone({ result, again }: ImportDoneProps): ReactElement {
  const refused = result.rows.filter(({ action }) => action === 'refuse')
  return (
    <div className="c-form">
      <p>
        <Status tone="good">Imported</Status>
      </p>
      <dl className="c-facts">
        <dt>Added</dt>
        <dd>{plural(result.counts.add, 'row')}</dd>
        <dt>Changed</dt>
        <dd>{plural(result.counts.change, 'row')}</dd>
        <dt>Same as before</dt>
        <dd>{plural(result.counts.same, 'row')}</dd>
        <dt>Refused</dt>
        <dd>{plural(result.counts.refuse, 'row')}</dd>
        <dt>Snapshots</dt>
        <dd className="c-tabular">{result.syncIds.map(wholeNumber).join(', ')}</dd>
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
      <Group gap="xs">
        <Button variant="default" onClick={again}>
          Import another file
        </Button>
        <ButtonLink to="/people" search={{}}>
          See the people
        </ButtonLink>
      </Group>
    </div>
  )
}
