import { Button } from '@mantine/core'
import type { ReactElement } from 'react'

import type { PersonnelPlan } from '../../../shared/contract/people.ts'
import { PERSONNEL_ACTIONS } from '../../../shared/domain/import/plan-personnel.ts'
import { Named } from '../../ui/named.tsx'
import { plural } from '../../ui/relative.ts'
import { Failed } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { PERSONNEL_CHOICES, PERSONNEL_KINDS, personnelWord } from './personnel-choice.ts'
import { PlanColumns } from './plan-columns.tsx'
import { PlanRows } from './plan-rows.tsx'
import classes from './files.module.css'

interface PersonnelPlanViewProps {
  readonly plan: PersonnelPlan
  readonly busy: boolean
  readonly error: unknown
  /** Column → field, and plan again. */
  readonly correct: (column: string, field: string | null) => void
  readonly run: () => void
}

/** The dry run of an HR file: the detected format, and the effect of each row. */
export function PersonnelPlanView({ plan, busy, error, correct, run }: PersonnelPlanViewProps): ReactElement {
  const { counts, leavers, departs } = plan
  const writes = counts.new + counts.update + counts.doubtful + (departs ? counts.depart : 0)
  return (
    <>
      <header className="c-card-head">
        <h2 className="c-card-title">Dry run</h2>
        <span className="c-quiet">
          {PERSONNEL_KINDS.find(({ value }) => value === plan.format)?.label}
          {', '}
          <Named text={plan.source} />
        </span>
        <Button disabled={writes === 0} loading={busy} onClick={run}>
          {writes === 0 ? 'Nothing to import' : `Import ${plural(writes, 'person', 'people')}`}
        </Button>
      </header>
      {error === null || error === undefined ? null : <Failed error={error} />}
      {leavers === 0 ? null : (
        <p className={classes['notice']}>
          <Status tone="bad" plain>
            {`${plural(leavers, 'person', 'people')} of the file left and still ${leavers === 1 ? 'has' : 'have'} access.`}
          </Status>
        </p>
      )}
      {plan.notices.map((notice) => (
        <p key={notice} className={classes['notice']}>
          <Status tone="info" plain>
            <Named text={notice} />
          </Status>
        </p>
      ))}
      <PlanColumns columns={plan.columns} mapping={plan.mapping} choices={PERSONNEL_CHOICES} correct={correct} />
      <PlanRows
        key={JSON.stringify(counts)}
        actions={PERSONNEL_ACTIONS}
        counts={counts}
        rows={plan.rows}
        toWord={personnelWord}
        headings={
          plan.format === 'scim'
            ? { line: 'Entry', subject: 'Person', column: 'Attribute' }
            : { line: 'Line', subject: 'Person', column: 'Column' }
        }
      />
    </>
  )
}
