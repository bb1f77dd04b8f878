import type { UsageSync } from '../../../shared/contract/usage.ts'
import { dayNumber } from '../../../shared/domain/usage/faces.ts'
import { CredentialRefused, type Access, type Provider } from '../../providers/provider.ts'
import type { UsageReading } from '../../providers/usage.ts'
import type { Register } from '../../register/open.ts'
import { replaceUsageDays } from '../../register/usage/days.ts'
import { inferLastUse } from '../../register/usage/last-use.ts'
import { refreshUsageNames } from '../../register/usage/names.ts'
import { readFrom, setReportState } from '../../register/usage/reports.ts'
import { pricePinsOf } from '../../register/usage/price-pins.ts'
import { estimateFor, openPriceTable, type Estimate } from './prices.ts'

/** Days that the first reading goes back. */
const BACKFILL_DAYS = 180

/** Whole days before the day of the last reading that are read again with it: providers correct what is this young. */
const AGAIN_DAYS = 4

export interface UsageSyncJob {
  readonly register: Register
  readonly connectionId: number
  readonly clientId: number
  readonly provider: Provider
  readonly access: Access
  readonly now: () => number
}

/**
 * Reads what a provider reports of usage and costs since the last reading, or as far back as `BACKFILL_DAYS`. Each span of
 * each report is written by itself, so that a reading that is broken off keeps what it has and the next goes on from there.
 */
export async function syncUsage(job: UsageSyncJob, signal: AbortSignal): Promise<UsageSync['reports']> {
  const { register, connectionId, clientId, provider, access, now } = job
  const today = dayNumber(now())
  const span = { from: readFrom(register.reader, connectionId, AGAIN_DAYS) ?? today - BACKFILL_DAYS, to: today + 1 }
  const table = await openPriceTable()
  const estimate = estimateFor(table, pricePinsOf(register.reader, clientId), clientId)
  register.transact((writer) => refreshUsageNames(writer, clientId))
  const take = (reading: UsageReading): void => {
    const facts = reading.report === 'cost' ? reading.facts : estimated(provider.id, reading.facts, estimate)
    register.transact((writer) => replaceUsageDays(writer, { clientId, connectionId }, { ...reading, facts }))
  }
  try {
    const outcomes = await provider.usage(access, span, take, signal)
    register.transact((writer) => {
      for (const { report, state, reason, readTo: told } of outcomes) {
        // Today is not over: what is read of it today is not the whole of it.
        const readTo = state !== 'complete' || told === null ? null : Math.min(told ?? today, today)
        setReportState(writer, connectionId, { report, state, reason, readTo, at: now() })
      }
      inferLastUse(writer, connectionId)
    })
    return outcomes.map(({ report, state, reason }) => ({ report, state, reason }))
  } catch (error) {
    if (!(error instanceof CredentialRefused)) throw error
    return [{ report: 'cost', state: 'denied', reason: error.message }]
  }
}

function estimated(provider: string, facts: UsageReading['facts'], estimate: Estimate): UsageReading['facts'] {
  return facts.map((fact) => ({ ...fact, estimate: estimate(provider, fact) }))
}
