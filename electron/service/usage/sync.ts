import type { UsageSync } from '../../../shared/contract/usage.ts'
import { DAY_MS } from '../../../shared/domain/day.ts'
import { dayNumber } from '../../../shared/domain/usage/rollups.ts'
import type { Provider } from '../../providers/kit/provider.ts'
import type { EarlierReport, UsageOutcome, UsageReading } from '../../providers/kit/usage.ts'
import type { Register } from '../../register/register.ts'
import { type OpenedOrganization, findOtherOrganization } from '../../register/connections/same-organization.ts'
import { replaceUsageDays } from '../../register/usage/days.ts'
import { SumRefused } from '../../register/usage/exact-sums.ts'
import { inferLastUse } from '../../register/usage/last-use.ts'
import { refreshUsageNames } from '../../register/usage/names.ts'
import { reportStates, setReportState, type ReportState } from '../../register/usage/reports.ts'
import { readPricePins } from '../../register/usage/price-pins.ts'
import { estimateFor, openPriceTable, type Estimate } from '../prices/price-table.ts'
import { CredentialRefused } from '../../providers/kit/errors.ts'
import type { Access } from '../../providers/kit/calls.ts'

/** Days that the first sync goes back. */
const BACKFILL_DAYS = 180

/** Whole days before the day of the last sync that are read again with it: providers correct recent days. */
const AGAIN_DAYS = 4

/** How long a query form that was refused is not tried again: 30 days in milliseconds. */
const REFUSED_FOR = 30 * DAY_MS

export interface UsageSyncJob {
  readonly register: Register
  readonly connectionId: number
  readonly clientId: number
  readonly provider: Provider
  readonly access: Access
  readonly now: () => number
}

/**
 * Reads what a provider reports of usage and costs: each report since it was last fully read, or as far back as
 * `BACKFILL_DAYS`. Each span of each report is written separately, so that an interrupted sync keeps what it has.
 */
export async function syncUsage(job: UsageSyncJob, signal: AbortSignal): Promise<UsageSync['reports']> {
  const { register, connectionId, clientId, provider, access, now } = job
  const today = dayNumber(now())
  const before = new Map(reportStates(register.reader, connectionId).map((state) => [state.report, state]))
  const first = today - BACKFILL_DAYS
  const earlier = new Map([...before].map(([report, state]) => [report, earlierReport(state, first, now())]))
  const span = { from: first, to: today + 1, earlier }
  const table = await openPriceTable()
  const estimate = estimateFor(table, readPricePins(register.reader, clientId), clientId)
  register.transact((writer) => refreshUsageNames(writer, clientId))
  const write = (reading: UsageReading): void => {
    const facts = reading.report === 'cost' ? reading.facts : estimated(provider.id, reading.facts, estimate)
    register.transact((writer) => replaceUsageDays(writer, { clientId, connectionId }, { ...reading, facts }))
  }
  const gate = openGate(job, write)
  try {
    const outcomes = await provider.usage(access, span, gate.take, signal)
    await gate.end(signal)
    register.transact((writer) => {
      for (const outcome of outcomes) {
        const { report, state, reason, way = 0 } = outcome
        // A query form that was not tried again keeps the time at which it was refused.
        const wayAt = (earlier.get(report)?.way ?? 0) > 0 ? (before.get(report)?.wayAt ?? now()) : now()
        const readTo = computeReadTo(outcome, today)
        const readFrom = readTo === null ? null : (outcome.readFrom ?? earlier.get(report)?.from ?? first)
        setReportState(writer, connectionId, { report, state, reason, readFrom, readTo, way, wayAt, at: now() })
      }
      inferLastUse(writer, connectionId)
    })
    return outcomes.map(({ report, state, reason }) => ({ report, state, reason }))
  } catch (error) {
    if (error instanceof SumRefused) return [{ report: 'cost', state: 'failed', reason: error.message }]
    if (!(error instanceof CredentialRefused)) throw error
    return [{ report: 'cost', state: 'denied', reason: error.message }]
  }
}

/**
 * Passes on readings once one of them shows that they belong to the connection's own organization. If one shows
 * another, the provider is asked at the end, since everything that is used may be newer than the last sync;
 * `CredentialRefused` is thrown before anything was written. If none shows an organization, all pass at the end.
 */
function openGate({ register, connectionId, provider, access }: UsageSyncJob, write: (reading: UsageReading) => void) {
  let held: UsageReading[] | null = []
  let isStrange = false
  const strangeTo = (opened: Partial<OpenedOrganization> | null) =>
    findOtherOrganization(register.reader, connectionId, { externalId: null, projects: [], principals: [], ...opened })

  function pass(): void {
    const passed = held ?? []
    held = null
    passed.forEach(write)
  }

  return {
    take: (reading: UsageReading): void => {
      if (held === null) return write(reading)
      held.push(reading)
      const projects = [...new Set(reading.facts.flatMap(({ project }) => project ?? []))]
      const externalId = reading.organization ?? null
      if (strangeTo({ externalId, projects }) !== null) isStrange = true
      else if (!isStrange && (externalId !== null || projects.length > 0)) pass()
    },
    end: async (signal: AbortSignal): Promise<void> => {
      const strange = isStrange ? strangeTo((await provider.test(access, signal)).organization) : null
      if (strange !== null)
        throw new CredentialRefused(`${strange.message} The register was not changed. ${strange.remediation}`)
      pass()
    },
  }
}

function earlierReport(state: Omit<ReportState, 'readFrom'>, first: number, now: number): EarlierReport {
  return {
    from: state.readTo === null ? first : state.readTo - AGAIN_DAYS,
    way: now - state.wayAt < REFUSED_FOR ? state.way : 0,
    whole: state.state !== 'failed' && state.state !== 'partial',
  }
}

/** The first day that was not fully read; null where the reading does not show it. Today is never complete. */
function computeReadTo({ state, readTo, unreadFrom }: UsageOutcome, today: number): number | null {
  if (state === 'partial') return unreadFrom ?? null
  return state !== 'complete' || readTo === null ? null : Math.min(readTo ?? today, today)
}

function estimated(provider: string, facts: UsageReading['facts'], estimate: Estimate): UsageReading['facts'] {
  return facts.map((fact) => ({ ...fact, estimate: estimate(provider, fact) }))
}
