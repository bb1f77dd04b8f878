import { useRouter, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'

import { MAX_AT_ONCE, type RemediationOrigin } from '../../shared/contract/remediation.ts'

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
