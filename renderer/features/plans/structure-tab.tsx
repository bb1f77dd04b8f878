import { Button, Group } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import type { Plan } from '../../../shared/domain/plans/plan.ts'
import { Nothing } from '../../ui/panel/panel-section.tsx'
import type { SelectedPart } from './chosen.ts'
import { Diagram } from './diagram.tsx'
import { addOrganization, addTeam } from './edit.ts'
import type { Marks } from './marks.ts'
import { PartForm } from './part-form.tsx'
import { PlanTree } from './plan-tree.tsx'
import classes from './plans.module.css'

interface StructureTabProps extends SelectedPart {
  readonly plan: Plan
  readonly marks: Marks
  readonly edit: (change: (plan: Plan) => Plan) => void
}

/** The tree, its selected part, and the diagram. */
export function StructureTab({ chosen, choose, edit, marks, plan }: StructureTabProps): ReactElement {
  return (
    <div className={classes['editor']}>
      <section className="c-card c-padded" aria-label="Tree">
        <PlanTree plan={plan} marks={marks} chosen={chosen} choose={choose} edit={edit} />
        {plan.organizations.length === 0 ? <Nothing>The plan has no organization yet.</Nothing> : null}
        <Group gap="xs" mt="sm">
          <Button
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => {
              edit(addOrganization)
              choose({ kind: 'organization', at: plan.organizations.length })
            }}
          >
            Add organization
          </Button>
          <Button
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => {
              edit(addTeam)
              choose({ kind: 'team', at: plan.teams.length })
            }}
          >
            Add team
          </Button>
        </Group>
      </section>
      <section className="c-card c-padded" aria-label="Selected part">
        {chosen === null ? (
          <Nothing>Select a part of the tree to edit it. Projects and keys can also be dragged.</Nothing>
        ) : (
          <PartForm plan={plan} chosen={chosen} choose={choose} edit={edit} />
        )}
      </section>
      <section className="c-card c-padded" aria-label="Diagram" style={{ gridColumn: '1 / -1' }}>
        <Diagram plan={plan} />
      </section>
    </div>
  )
}
