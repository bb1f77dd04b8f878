import type { BudgetRow } from '../../../../shared/contract/budgets.ts'
import { daysText, type PeriodReading, WHOLE } from '../../../../shared/domain/usage/read-days.ts'
import { EXIT, type ExitCode } from '../../kit/exit-code.ts'
import type { Run } from '../../kit/run.ts'
import { sayUnread } from '../usage/read.ts'

export interface BudgetState extends Pick<BudgetRow, 'client' | 'readThrough' | 'behind'> {
  readonly of: string
  /** Which days of the month were read, where it is judged by itself. */
  readonly reading?: PeriodReading
}

/** Finding nothing is an answer only where all usage was read up to yesterday. */
export async function judge(run: Run, option: string, rows: readonly BudgetState[]): Promise<ExitCode> {
  const unread = rows
    .filter(({ behind, reading = WHOLE }) => behind || reading.state !== 'whole')
    .map(({ client, of, readThrough, behind, reading = WHOLE }) => ({
      of,
      client: client.slug,
      readThrough,
      gaps: !behind && reading.state === 'part' ? daysText(reading.days) : null,
    }))
  if (unread.length === 0) return EXIT.done
  await sayUnread(run, option, { until: 'up to yesterday', unread })
  return EXIT.partial
}
