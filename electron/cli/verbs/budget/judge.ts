import type { BudgetRow } from '../../../../shared/contract/budgets.ts'
import { EXIT, type ExitCode } from '../../kit/exit-code.ts'
import type { Run } from '../../kit/run.ts'
import { sayUnread } from '../usage/read.ts'

export type Judged = Pick<BudgetRow, 'client' | 'readThrough' | 'behind'> & { readonly of: string }

/** Finding nothing is an answer only where all usage was read up to yesterday. */
export async function judge(run: Run, option: string, rows: readonly Judged[]): Promise<ExitCode> {
  const unread = rows.filter(({ behind }) => behind).map((row) => ({ ...row, client: row.client.slug }))
  if (unread.length === 0) return EXIT.done
  await sayUnread(run, option, { until: 'up to yesterday', unread })
  return EXIT.partial
}
