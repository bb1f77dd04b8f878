import { useQuery } from '@tanstack/react-query'

import type { ProfileInfo } from '../../shared/contract/app.ts'
import { query } from './api.ts'

/** What is known of the profile; the gate has read it before any page is shown. */
export function useInfo(): ProfileInfo | undefined {
  return useQuery(query.app.info.queryOptions()).data
}
