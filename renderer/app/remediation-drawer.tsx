import { useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useState, type ReactElement } from 'react'

/** Loaded when it is first opened. */
const RemediationFlow = lazy(async () => {
  const { RemediationFlow: flow } = await import('../features/remediation/flow/flow.tsx')
  return { default: flow }
})

/** The remediation drawer over any page, while its address names a flow. */
export function RemediationDrawer(): ReactElement | null {
  const isAsked: boolean = useSearch({ strict: false, select: (search) => search.remediate !== undefined })
  // It stays once it was opened, so that it closes with its transition and returns the focus.
  const [wasAsked, setWasAsked] = useState(isAsked)
  if (isAsked && !wasAsked) setWasAsked(true)
  if (!isAsked && !wasAsked) return null
  return (
    <Suspense fallback={null}>
      <RemediationFlow />
    </Suspense>
  )
}
