import { Drawer } from '@mantine/core'
import { useEffect, useRef, useState, type KeyboardEvent, type ReactElement } from 'react'

import { FLOW_ORIGINS, useRemediationFlow, type Flow, type FlowOrigin } from '../../../entities/remediation-flow.tsx'
import { InDialog } from '../../../ui/in-dialog.ts'
import { notifyDone } from '../../../ui/notify.tsx'
import { plural } from '../../../ui/relative.ts'
import { api } from '../../../data/api.ts'
import classes from './flow.module.css'
import { Preview } from './preview.tsx'
import { Results } from './results.tsx'
import { Select } from './select.tsx'

const STEPS = ['Select', 'Preview and confirm', 'Results'] as const

/** How far the drawer is: 0 to 2. */
function stepOf({ step }: Flow): number {
  if (step === 'results') return 2
  return step === 'changes' ? 1 : 0
}

/** Changes at the providers in one flow over the present page: select, preview, confirm, verify by a sync. */
export function RemediationFlow(): ReactElement {
  const { flow, go, close } = useRemediationFlow()
  /** Changes that this flow added to the list, for the notice when it is left before they are sent. */
  const added = useRef<readonly number[]>([])
  const [stopped, setStopped] = useState<{ readonly ids: string; readonly why: string | null }>()
  const head = useRef<HTMLDivElement>(null)
  const step = flow?.step
  useEffect(() => {
    // The button of the step before had the focus and is not there any more; Escape works where the focus is.
    if (step !== undefined && document.activeElement === document.body) head.current?.focus({ preventScroll: true })
  }, [step])
  const isOpen = flow !== null
  useEffect(() => {
    // However it was closed: by a button, by Back, or by another client.
    if (isOpen || added.current.length === 0) return
    notifyAdded(added.current)
    added.current = []
  }, [isOpen])
  return (
    <Drawer.Root
      opened={isOpen}
      onClose={close}
      position="right"
      size={840}
      closeOnEscape={false}
      onKeyDown={(event) => closeOnEscape(event, close)}
    >
      <Drawer.Overlay />
      <Drawer.Content>
        <div ref={head} tabIndex={-1} className={classes['head']}>
          <Drawer.Title className={classes['title'] ?? ''}>{flow === null ? '' : titleOf(flow)}</Drawer.Title>
          <Drawer.CloseButton aria-label="Close" />
        </div>
        <Drawer.Body className={classes['body'] ?? ''}>
          {flow === null ? null : (
            <InDialog value>
              <Steps at={stepOf(flow)} />
              {flow.step === 'changes' ? (
                <Preview
                  key={flow.ids.join()}
                  ids={flow.ids}
                  leave={close}
                  ran={(why) => {
                    added.current = []
                    setStopped({ ids: flow.ids.join(), why })
                    go({ step: 'results', ids: flow.ids }, true)
                  }}
                />
              ) : flow.step === 'results' ? (
                <Results
                  ids={flow.ids}
                  stopped={stopped?.ids === flow.ids.join() ? stopped.why : null}
                  leave={close}
                  preview={(ids) => go({ step: 'changes', ids })}
                />
              ) : (
                <Select
                  key={`${flow.step} ${flow.ids.join()}`}
                  begin={flow.step}
                  ids={flow.ids}
                  leave={close}
                  next={(ids, fresh) => {
                    added.current = fresh
                    go({ step: 'changes', ids }, true)
                  }}
                />
              )}
            </InDialog>
          )}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}

/** Escape in a dialog over the drawer, such as that of a new secret, does not close the drawer. */
function closeOnEscape(event: KeyboardEvent<HTMLElement>, leave: () => void): void {
  if (event.key !== 'Escape' || event.defaultPrevented || !(event.target instanceof Element)) return
  if (!event.currentTarget.contains(event.target)) return
  event.preventDefault()
  leave()
}

const TITLES: Readonly<Record<FlowOrigin, string>> = {
  person: 'Remove access',
  key: 'Rotate or delete key',
  finding: 'Mend finding',
  'review-item': 'Apply review decision',
}

function titleOf({ step, ids }: Flow): string {
  const begin = FLOW_ORIGINS.find((each) => each === step)
  if (begin === 'person' && ids.length > 1) return `Remove access of ${ids.length} people`
  if (begin !== undefined) return TITLES[begin]
  return step === 'results' ? 'Results' : 'Apply changes'
}

function Steps({ at }: { readonly at: number }): ReactElement {
  return (
    <ol className={classes['path']} aria-label="Steps">
      {STEPS.map((label, index) => (
        <li key={label} aria-current={index === at ? 'step' : undefined} data-done={index < at || undefined}>
          <span aria-hidden className={classes['number']}>
            {index + 1}
          </span>
          {label}
        </li>
      ))}
    </ol>
  )
}

/** The changes stay in the list when the drawer is closed; nothing of them was sent. */
function notifyAdded(ids: readonly number[]): void {
  notifyDone({
    message: `${plural(ids.length, 'change')} added to remediation; nothing is sent yet`,
    action: { label: 'View changes', does: '/remediation' },
    undo: () => api.remediation.withdrawMany({ remediations: [...ids] }),
  })
}
