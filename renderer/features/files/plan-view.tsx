import { Button, Group } from '@mantine/core'
import type { ReactElement } from 'react'

import type { ImportPlan } from '../../../shared/contract/files.ts'
import { providerName } from '../../../shared/domain/providers/providers.ts'
import { IMPORT_ACTIONS } from '../../../shared/domain/import/differences.ts'
import { type ImportProgress, stageText } from '../../../shared/domain/import/stages.ts'
import { Named } from '../../ui/named.tsx'
import { plural } from '../../ui/relative.ts'
import { Failed } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { actionWord, fieldChoices } from './import-choice.ts'
import { PlanColumns } from './plan-columns.tsx'
import { PlanRows } from './plan-rows.tsx'
import classes from './files.module.css'

interface PlanViewProps {
  readonly plan: ImportPlan
  /** The stage of the running import; null while none runs. */
  readonly progress: ImportProgress | null
  readonly fileName: string
  readonly error: unknown
  readonly cancel: () => void
  /** Column → field, and plan again. */
  readonly correct: (column: string, field: string | null) => void
  readonly run: () => void
}

/** The dry run: the detected columns, and the effect of each row. */
export function PlanView({ plan, progress, fileName, error, cancel, correct, run }: PlanViewProps): ReactElement {
  const { counts } = plan
  const writes = counts.add + counts.change
  return (
    <>
      <header className="c-card-head">
        <h2 className="c-card-title">Dry run</h2>
        <span className="c-quiet">
          {plan.encoding}
          {plan.delimiter === null ? '' : `, separated by ${delimiterWord(plan.delimiter)}`}
        </span>
        <Group gap="xs" wrap="nowrap">
          {progress === null ? null : (
            <Button variant="default" disabled={progress.stage === 'save'} onClick={cancel}>
              Cancel
            </Button>
          )}
          <Button disabled={writes === 0} loading={progress !== null} onClick={run}>
            {writes === 0 ? 'Nothing to import' : `Import ${plural(writes, 'row')}`}
          </Button>
        </Group>
      </header>
      {progress === null ? null : <p className={classes['notice']}>{visibleText(stageText(progress, fileName))}</p>}
      {error === null || error === undefined ? null : <Failed error={error} />}
      {plan.notices.map((notice) => (
        <p key={notice} className={classes['notice']}>
          <Status tone="info" plain>
            <Named text={notice} />
          </Status>
        </p>
      ))}
      {plan.organizations.length === 0 ? null : <Organizations plan={plan} />}
      <PlanColumns
        columns={plan.columns}
        mapping={plan.mapping}
        choices={[...fieldChoices(plan.kind)]}
        correct={correct}
      />
      <PlanRows
        key={JSON.stringify(counts)}
        actions={IMPORT_ACTIONS}
        counts={counts}
        rows={plan.rows}
        toWord={actionWord}
        headings={{ line: 'Line', subject: 'Row' }}
      />
    </>
  )
}

function delimiterWord(delimiter: string): string {
  return { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' }[delimiter] ?? delimiter
}

function Organizations({ plan }: { readonly plan: ImportPlan }): ReactElement {
  return (
    <ul className={classes['organizations']}>
      {plan.organizations.map((each) => (
        <li key={each.heading}>
          <Named text={each.heading} />
          <span className="c-quiet">
            {providerName(each.provider)}
            {each.connectionId === null ? ', creates its connection' : ', in its connection'}
          </span>
        </li>
      ))}
    </ul>
  )
}
