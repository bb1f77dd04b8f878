import { countPressing } from '../../shared/domain/today/who.ts'
import { query } from '../data/api.ts'
import { useScope } from '../data/scope.ts'
import { useQuery } from '../ui/use-query.ts'

/** How many entries of Today need a person now or this week, in scope; 0 until they were read, or where it is not enabled. */
export function useTodayCount(enabled: boolean): number {
  const { client } = useScope()
  const today = useQuery({ ...query.today.list.queryOptions({ input: { client, hidden: false } }), enabled })
  return today.data === undefined ? 0 : countPressing(today.data.entries)
}
