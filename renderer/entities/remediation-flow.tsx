import { useRouter, useSearch } from '@tanstack/react-router'
import { useCallback, type ReactElement } from 'react'
import { Button, type ButtonProps } from '@mantine/core'
import { IconShieldX, IconTool, type TablerIcon } from '@tabler/icons-react'

import { MAX_AT_ONCE, type RemediationOrigin } from '../../shared/contract/remediation.ts'
import type { RemediationAction } from '../../shared/domain/remediation/remediation.ts'
import { useOfferedActions } from '../data/offered-actions.ts'

/** The origins of a flow: what is to be changed is then selected. */
export const FLOW_ORIGINS = [
  'person',
  'key',
  'finding',
  'review-item',
] as const satisfies readonly RemediationOrigin['kind'][]
export type FlowOrigin = (typeof FLOW_ORIGINS)[number]

/** The steps of a flow: `changes` are previewed and confirmed, `results` have been sent. */
const FLOW_STEPS = [...FLOW_ORIGINS, 'changes', 'results'] as const
export type FlowStep = (typeof FLOW_STEPS)[number]

export interface Flow {
  readonly step: FlowStep
  readonly ids: readonly number[]
}

/** A flow as the search param of its address, such as `person:7` or `changes:3-4`. */
export function toFlowText({ step, ids }: Flow): string {
  return `${step}:${[...new Set(ids)].slice(0, MAX_AT_ONCE).join('-')}`
}

/** Null for a text that names no flow. */
export function parseFlow(text: string | undefined): Flow | null {
  const [, named, numbers] = /^([a-z-]+):([1-9]\d{0,14}(?:-[1-9]\d{0,14}){0,99})$/u.exec(text ?? '') ?? []
  const step = FLOW_STEPS.find((each) => each === named)
  return step === undefined || numbers === undefined ? null : { step, ids: numbers.split('-').map(Number) }
}

export interface RemediationFlow {
  readonly flow: Flow | null
  /** Opens a step in the drawer over the present page. */
  readonly go: (flow: Flow, replace?: boolean) => void
  readonly close: () => void
}

/** The remediation drawer: its step is part of the address, so Back and a reload keep it. */
export function useRemediationFlow(): RemediationFlow {
  const text: string | undefined = useSearch({ strict: false, select: (search) => search.remediate })
  const router = useRouter()
  const set = useCallback(
    (remediate: string | undefined, replace: boolean) =>
      void router.navigate({
        to: '.',
        search: ((now: Record<string, unknown>) => ({ ...now, remediate })) as never,
        replace,
      }),
    [router],
  )
  const go = useCallback((flow: Flow, replace = false) => set(toFlowText(flow), replace), [set])
  const close = useCallback(() => set(undefined, false), [set])
  return { flow: parseFlow(text), go, close }
}

interface StartRemediationProps extends Pick<ButtonProps, 'size' | 'variant'> {
  readonly origin: FlowOrigin
  readonly ids: readonly number[]
  readonly label: string
  /** The label for assistive technology, where several such buttons are in view. */
  readonly about?: string
  readonly icon?: TablerIcon
  /** The label in the palette, where it is about the thing of the open panel. */
  readonly offer?: string
}

/** Opens the remediation drawer: select, preview, confirm, verify. */
export function StartRemediation(props: StartRemediationProps): ReactElement {
  const { origin, ids, label, about, icon: Icon = IconTool, size, variant, offer } = props
  const { go } = useRemediationFlow()
  const start = (): void => go({ step: origin, ids })
  useOfferedActions(
    offer === undefined ? [] : [{ label: offer, words: 'remediation revoke delete rotate offboard', run: start }],
  )
  return (
    <Button
      {...(size === undefined ? {} : { size })}
      {...(variant === undefined ? {} : { variant })}
      {...(about === undefined ? {} : { 'aria-label': about })}
      leftSection={<Icon size={14} aria-hidden />}
      disabled={ids.length === 0}
      onClick={start}
    >
      {label}
    </Button>
  )
}

/** *Remove access…* of one person. */
export function RemoveAccess({
  personId,
  name,
  ...look
}: Pick<ButtonProps, 'size' | 'variant'> & { readonly personId: number; readonly name: string }): ReactElement {
  return (
    <StartRemediation
      {...look}
      origin="person"
      ids={[personId]}
      label="Remove access…"
      about={`Remove access of ${name}…`}
      offer={`Remove access of ${name}…`}
      icon={IconShieldX}
    />
  )
}

const REMOVES_ACCESS: ReadonlySet<RemediationAction> = new Set([
  'member-remove',
  'project-member-remove',
  'invite-delete',
  'service-account-delete',
])

/** The label of the button that mends a finding, by the first action of its rule. */
export function mendLabel(action: RemediationAction): string {
  if (REMOVES_ACCESS.has(action)) return 'Remove access…'
  if (action === 'federation-delete') return 'Delete federation rule…'
  if (action === 'key-rotate') return 'Rotate key…'
  if (action === 'key-delete' || action === 'key-disable') return 'Delete key…'
  if (action === 'member-role' || action === 'project-member-role') return 'Change role…'
  return 'Add to remediation…'
}
