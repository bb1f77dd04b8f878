import { useQuery } from '@tanstack/react-query'
import type { ReactElement, ReactNode } from 'react'

import { Failed } from '../ui/states.tsx'
import { query } from './api.ts'

/** Lets the application in once the service has answered and the register is open. */
export function Gate({ children }: { readonly children: ReactNode }): ReactElement {
  const info = useQuery(query.app.info.queryOptions())
  if (info.isPending) return <output>Opening the register…</output>
  if (info.isError) return <Failed error={info.error} retry={() => void info.refetch()} />
  return <>{children}</>
}
