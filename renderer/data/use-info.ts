import type { ProfileInfo } from '../../shared/contract/app.ts'
import { query } from './api.ts'
import { useQuery } from '../ui/use-query.ts'

/** The facts of the profile; the gate has read them before any page is shown. */
export function useInfo(): ProfileInfo | undefined {
  return useQuery(query.app.info.queryOptions()).data
}
