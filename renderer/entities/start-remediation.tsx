import { Button, type ButtonProps } from '@mantine/core'
import { IconShieldX, IconTool, type TablerIcon } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import type { RemediationAction } from '../../shared/domain/remediation/remediation.ts'
import { useOfferedActions } from '../data/offered-actions.ts'
import { useRemediationFlow, type FlowOrigin } from './remediation-flow.ts'

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
