import { Button, Group } from '@mantine/core'
import { Fragment, type ReactElement, type ReactNode } from 'react'

import type { ImportResult } from '../../../shared/contract/files.ts'
import type { PersonnelPlan } from '../../../shared/contract/people.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { Named } from '../../ui/named.tsx'
import { plural, wholeNumber } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'

interface DoneProps {
  readonly again: () => void
}

interface ImportedProps extends DoneProps {
  readonly facts: readonly (readonly [word: string, count: ReactNode])[]
  readonly rows: readonly (PersonnelPlan['rows'][number] | ImportResult['rows'][number])[]
  readonly note?: ReactNode
  /** Links to the next steps. */
  readonly children: ReactNode
}

function Imported({ facts, rows, again, note, children }: ImportedProps): ReactElement {
  const refused = rows.filter(({ action }) => action === 'refuse')
  return (
    <div className="c-form">
      <p>
        <Status tone="good">Imported</Status>
      </p>
      <dl className="c-facts">
        {facts.map(([word, count]) => (
          <Fragment key={word}>
            <dt>{word}</dt>
            <dd>{count}</dd>
          </Fragment>
        ))}
      </dl>
      {refused.length === 0 ? null : (
        <ul className="c-bullets">
          {refused.map((row) => (
            <li key={`${row.line}:${row.subject}:${row.detail}`}>
              {`Line ${row.line}: `}
              <Named text={row.subject} />, <Named text={row.detail} />
            </li>
          ))}
        </ul>
      )}
      {note}
      <Group gap="xs">
        <Button variant="default" onClick={again}>
          Import another file
        </Button>
        {children}
      </Group>
    </div>
  )
}

/** The result of an import, and the rows that it left out. */
export function ImportDone({ result, again }: DoneProps & { readonly result: ImportResult }): ReactElement {
  const { counts, rows, syncIds } = result
  return (
    <Imported
      again={again}
      rows={rows}
      facts={[
        ['Added', plural(counts.add, 'row')],
        ['Changed', plural(counts.change, 'row')],
        ['Unchanged', plural(counts.same, 'row')],
        ['Rejected', plural(counts.refuse, 'row')],
        [
          'Snapshots',
          <span key="syncs" className="c-tabular">
            {syncIds.map(wholeNumber).join(', ')}
          </span>,
        ],
      ]}
    >
      <ButtonLink to="/people" search={{}}>
        View people
      </ButtonLink>
    </Imported>
  )
}

/** The result of an import of people, the rows that it left out, and the next steps. */
export function PersonnelDone({ result, again }: DoneProps & { readonly result: PersonnelPlan }): ReactElement {
  const { counts, leavers, departs, rows } = result
  const people = (count: number): string => plural(count, 'person', 'people')
  return (
    <Imported
      again={again}
      rows={rows}
      facts={[
        ['New', people(counts.new)],
        ['Updated', people(counts.update)],
        ['Needs review', people(counts.doubtful)],
        [departs ? 'Marked as leavers' : 'Missing, unchanged', people(counts.depart)],
        ['Rejected', plural(counts.refuse, 'row')],
      ]}
      note={
        <p className="c-help">
          An import cannot be undone as a whole. To change its data, import a corrected file under the same source.
        </p>
      }
    >
      {counts.doubtful === 0 ? null : (
        <ButtonLink to="/people" search={(now) => ({ client: now.client, view: 'matches' as const })} variant="default">
          Review possible duplicates
        </ButtonLink>
      )}
      <ButtonLink to="/people" search={(now) => ({ client: now.client, departed: leavers > 0 ? true : undefined })}>
        {leavers > 0 ? 'View leavers' : 'View people'}
      </ButtonLink>
    </Imported>
  )
}
