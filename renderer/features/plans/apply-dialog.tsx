import { Button, Checkbox, Group } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { PlanStep } from '../../../shared/contract/plan-apply.ts'
import { api, query } from '../../data/api.ts'
import { useRemediationFlow } from '../../entities/remediation-flow.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { plural } from '../../ui/relative.ts'
import { Answer, Failed } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { useFreshQuery } from '../../ui/use-query.ts'
import classes from './plans.module.css'

interface ApplyDialogProps {
  readonly planId: number
  readonly opened: boolean
  readonly close: () => void
}

/** Shows the changes that a plan needs, in their order, before any of them is added to remediation. */
export function ApplyDialog({ planId, opened, close }: ApplyDialogProps): ReactElement {
  return (
    <Dialog opened={opened} onClose={close} title="Apply plan" size={680}>
      <Body planId={planId} close={close} />
    </Dialog>
  )
}

function Body({ planId, close }: Omit<ApplyDialogProps, 'opened'>): ReactElement {
  // An earlier comparison is never shown: what is selected in it may be done already.
  const steps = useFreshQuery({ ...query.planApply.steps.queryOptions({ input: { planId } }), staleTime: 0, gcTime: 0 })
  return (
    <Answer of={steps} what="the changes" rows={6}>
      {(data) => <Changes planId={planId} steps={data} close={close} />}
    </Answer>
  )
}

interface ChangesProps extends Omit<ApplyDialogProps, 'opened'> {
  readonly steps: readonly PlanStep[]
}

function Changes({ planId, steps, close }: ChangesProps): ReactElement {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const { go } = useRemediationFlow()
  const chosen = steps.filter((step) => isSelected(step, toggled))
  const add = useMutation({
    mutationFn: () => api.planApply.addToList({ planId, keys: chosen.map(({ key }) => key) }),
    onSuccess: ({ ready, waiting, byHand, left }) => {
      close()
      const added = findAdded([...ready, ...waiting, ...byHand], steps)
      if (added.length + left.length > 0) notifyAdded(added, left)
      const now = [...ready, ...byHand]
      if (now.length > 0) go({ step: 'changes', ids: now })
    },
  })
  if (steps.length === 0) {
    return <p className="c-prose">No change can be made by Castellan for these differences.</p>
  }
  const toggle = (key: string): void => {
    const next = new Set(toggled)
    if (!next.delete(key)) next.add(key)
    setToggled(next)
  }
  return (
    <form
      className="c-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen.length > 0) add.mutate()
      }}
    >
      <p className="c-help">
        Nothing is added or sent yet. Adding puts the selected changes into remediation, where their exact requests are
        previewed before anything is sent.
      </p>
      <ol className={classes['apply-steps']} aria-label="Changes, in this order">
        {steps.map((step) => (
          <li key={`${step.key} ${step.action}`}>
            <Checkbox
              checked={isSelected(step, toggled)}
              onChange={() => toggle(step.key)}
              label={visibleText(step.says)}
              description={<StepFacts step={step} />}
            />
          </li>
        ))}
      </ol>
      {add.isError ? <Failed error={add.error} /> : null}
      <Group justify="space-between" gap="xs">
        <span className="c-quiet" aria-live="polite">
          {describeSelection(chosen)}
        </span>
        <Group gap="xs">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" disabled={chosen.length === 0} loading={add.isPending} data-autofocus>
            {confirmLabel(chosen)}
          </Button>
        </Group>
      </Group>
    </form>
  )
}

/** Where a change is made, and what to know before it is selected. */
function StepFacts({ step }: { readonly step: PlanStep }): ReactElement {
  return (
    <>
      {visibleText(step.connection.label)}
      {step.waits === null ? null : ` · ${visibleText(step.waits)}`}
      {isListed(step) ? ' · In remediation already' : null}
      {step.takesAway ? (
        <>
          {' · '}
          <Status tone="warn" plain>
            Removes something
          </Status>
        </>
      ) : null}
    </>
  )
}

function notifyAdded(ids: readonly number[], left: readonly string[]): void {
  const parts = [
    `${plural(ids.length, 'change')} added to remediation; nothing is sent yet`,
    ...(left.length === 0 ? [] : [`${left.length} not possible: ${left[0] ?? ''}`]),
  ]
  notifyDone({
    message: parts.join('. '),
    action: { label: 'View changes', does: '/remediation' },
    ...(ids.length === 0 ? {} : { undo: () => api.remediation.withdrawMany({ remediations: [...ids] }) }),
  })
}

/**
 * True if a step is selected: at first all but those that take something away. Only the keys that a person toggled are
 * remembered, so that it holds for steps that are compared again meanwhile.
 */
export function isSelected({ key, takesAway }: PlanStep, toggled: ReadonlySet<string>): boolean {
  return toggled.has(key) === takesAway
}

/** The label of the button: what is not in remediation yet is added, and everything selected is previewed. */
export function confirmLabel(selected: readonly PlanStep[]): string {
  const fresh = selected.filter((step) => !isListed(step)).length
  return fresh === 0 ? `Preview ${plural(selected.length, 'change')}` : `Add ${plural(fresh, 'change')}`
}

/** True if a step needs no addition, since the list has the same change already. */
function isListed({ remediationId }: Pick<PlanStep, 'remediationId'>): boolean {
  return remediationId !== null
}

/** The selection in words: `6 changes: 4 can be sent now, 2 wait for others, 1 is in remediation already`. */
export function describeSelection(steps: readonly PlanStep[]): string {
  const waiting = steps.filter(({ waits }) => waits !== null).length
  const listed = steps.filter(isListed).length
  const parts = [
    ...(waiting === steps.length ? [] : [`${steps.length - waiting} can be done now`]),
    ...(waiting === 0 ? [] : [`${waiting} must wait for others`]),
    ...(listed === 0 ? [] : [`${listed} in remediation already`]),
  ]
  return `${plural(steps.length, 'change')}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`
}

/** The changes that were added: those that the list did not have before. */
export function findAdded(ids: readonly number[], steps: readonly PlanStep[]): readonly number[] {
  const before = new Set(steps.map(({ remediationId }) => remediationId))
  return ids.filter((id) => !before.has(id))
}
