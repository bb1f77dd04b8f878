import type { ClientRef } from '../../../shared/contract/common.ts'
import { addDays, daysBetween, computeStart, toLocalDay } from '../../../shared/domain/day.ts'
import { monthOfDay, dayNumber, monthText } from '../../../shared/domain/usage/rollups.ts'
import type { Matter, Risk, WaitingState } from '../../../shared/domain/today/matter.ts'
import { riskPoints } from '../../../shared/domain/today/rank.ts'
import { periodTitle } from '../../../shared/domain/usage/report-period.ts'
import type { Scope } from '../../register/db/scope.ts'
import { findingsById } from '../../register/findings/list.ts'
import { parseRule } from '../../register/findings/rules.ts'
import { wantingRemediations } from '../../register/remediation/counts.ts'
import { reviewRows } from '../../register/reviews/list.ts'
import type { ScheduleEntry } from '../../register/reviews/schedule/schedule.ts'
import type { ClientCounts } from '../../register/today/counts.ts'
import { type LeaverSubjects, ruleFindings } from '../../register/today/findings.ts'
import { pressingKeys } from '../../register/today/keys.ts'
import { type Context, getReader, getToday, makeMoment } from '../core/context.ts'
import { dueReports, REPORT_WORDS } from '../reports/schedule.ts'
import { getPlace, pressingBudgets } from '../usage/budget-spend.ts'

/** A matter that comes up within these days belongs to this week. */
const WEEK_DAYS = 7

/** Half a month's budget is normally spent after half a month: only above this does it need a person. */
const NEAR_PERCENT = 80

/** Keys that are overdue or due this week, admin keys apart from all others. The keys of leavers are with the leavers. */
export function keyMatters(context: Context, scope: Scope, leavers: LeaverSubjects): Matter[] {
  const moment = makeMoment(context)
  const { today } = moment
  const until = addDays(today, WEEK_DAYS)
  return pressingKeys(getReader(context), scope, moment, { until, apart: leavers.keys }).map((row): Matter => {
    const use = row.isAdmin ? 'admin' : 'other'
    const when = row.isOverdue ? 'overdue' : 'due'
    const risk: Risk = row.isOverdue ? (row.isAdmin ? 'critical' : 'high') : row.isAdmin ? 'high' : 'medium'
    return {
      key: `keys-${when}-${use}`,
      client: row.client,
      risk,
      reach: row.count,
      age: row.isOverdue ? daysBetween(row.firstDueOn, today) : 0,
      by: row.isOverdue ? null : row.firstDueOn,
      facts: {
        risk: riskPoints(risk),
        // A key that became due while another one was rotated has a later due day.
        numbers: { count: row.count, lastDue: computeStart(row.lastDueOn) },
        words: {},
      },
      subject: {
        kind: 'keys',
        use,
        when,
        count: row.count,
        firstDueOn: row.firstDueOn,
        lastDueOn: row.lastDueOn,
        keyId: row.keyId,
        name: row.name,
      },
    }
  })
}

/** Reviews that are overdue, open or due this week. A review of leavers is not listed beside the leavers themselves. */
export function reviewMatters(
  context: Context,
  scheduled: readonly ScheduleEntry[],
  withLeavers: ReadonlySet<string>,
): Matter[] {
  const today = getToday(context)
  const until = addDays(today, WEEK_DAYS)
  const pressing = scheduled.filter(
    ({ row }) =>
      row.dueOn !== null &&
      (row.openReviewId !== null || row.dueOn <= until) &&
      !(row.kind === 'departed' && row.openReviewId === null && withLeavers.has(row.client.slug)),
  )
  const opened = new Map(
    reviewRows(
      getReader(context),
      pressing.flatMap(({ row }) => row.openReviewId ?? []),
      today,
    ).map((row) => [row.reviewId, row]),
  )
  return pressing.flatMap(({ row }): Matter[] => {
    const { dueOn } = row
    if (dueOn === null) return []
    const risk = row.overdue ? 'high' : 'medium'
    const open = row.openReviewId === null ? undefined : opened.get(row.openReviewId)
    return [
      {
        key: `review-${row.kind}`,
        client: row.client,
        risk,
        reach: Math.max(1, open?.items ?? 1),
        age: row.overdue ? daysBetween(dueOn, today) : 0,
        by: dueOn,
        facts: { risk: riskPoints(risk), numbers: {}, words: { dueOn } },
        subject: {
          kind: 'review',
          review: row.kind,
          dueOn,
          openReviewId: row.openReviewId,
          items: open?.items ?? 0,
          decided: open?.decided ?? 0,
        },
      },
    ]
  })
}

const REMEDIATION_RISK: Readonly<Record<WaitingState, Risk>> = {
  unsure: 'critical',
  deploying: 'high',
  waiting: 'medium',
  'by-hand': 'medium',
}

/** Remediation items that need a person, by client and state. A person has listed them, so they are for this week. */
export function remediationMatters(context: Context, scope: Scope, refs: ReadonlyMap<string, ClientRef>): Matter[] {
  const today = getToday(context)
  return [...wantingRemediations(getReader(context), scope)].flatMap(([slug, counts]) => {
    const client = refs.get(slug)
    if (client === undefined) return []
    return (Object.entries(counts) as [WaitingState, number][]).map(([state, count]): Matter => {
      const risk = REMEDIATION_RISK[state]
      return {
        key: `remediation-${state}`,
        client,
        risk,
        reach: count,
        age: 0,
        by: today,
        facts: { risk: riskPoints(risk), numbers: { count }, words: {} },
        subject: { kind: 'remediation', state, count },
      }
    })
  })
}

/** Budgets that are exceeded or nearly spent, and those whose usage was not read. The sample's is never read again. */
export function budgetMatters(context: Context, scope: Scope): Matter[] {
  const today = getToday(context)
  const month = monthText(monthOfDay(dayNumber(context.now())))
  const { sample } = context.session()
  const pressing = pressingBudgets(context, scope)
  const spent = pressing
    .filter(({ isReached, percent }) => isReached && percent >= NEAR_PERCENT)
    .map(({ of, percent, spent: cost }): Matter => {
      const isOver = percent >= 100
      const risk = isOver ? (of.enforcement === 'hard' ? 'critical' : 'high') : 'medium'
      const step = Math.max(0, ...of.thresholds.filter((threshold) => threshold <= percent))
      return {
        key: of.budgetId === null ? `limit-${of.connection?.id ?? 0}-${of.limit ?? ''}` : `budget-${of.budgetId}`,
        client: of.client,
        risk,
        reach: 1,
        age: 0,
        by: today,
        facts: { risk: riskPoints(risk), numbers: { step }, words: { month, amount: String(of.amount) } },
        subject: { kind: 'budget', place: getPlace(of), spent: cost, amount: of.amount, percent, month },
      }
    })
  const behind = sample ? [] : pressing.filter((one) => one.isUnread)
  const unread = [...Map.groupBy(behind, ({ of }) => of.client.slug).values()].flatMap((own): Matter[] =>
    own.slice(0, 1).map(({ of }) => ({
      key: 'usage',
      client: of.client,
      risk: 'low',
      reach: own.length,
      age: 0,
      by: null,
      facts: { risk: riskPoints('low'), numbers: { count: own.length }, words: { month } },
      subject: { kind: 'usage', count: own.length },
    })),
  )
  return [...spent, ...unread]
}

/** Open findings by client and rule; a single one with its name and its evidence. */
export function findingMatters(context: Context, scope: Scope, leavers: LeaverSubjects): Matter[] {
  const reader = getReader(context)
  const moment = makeMoment(context)
  const found = ruleFindings(reader, scope, moment.today, leavers)
  const single = found.flatMap(({ findingId }) => findingId ?? [])
  const named = new Map(findingsById(reader, single, moment).map(({ row }) => [row.findingId, row]))
  return found.map((row): Matter => {
    const one = row.findingId === null ? undefined : named.get(row.findingId)
    return {
      key: `finding-${row.rule}`,
      client: row.client,
      risk: row.severity,
      reach: row.count,
      age: Math.max(0, daysBetween(toLocalDay(row.firstSeenAt), moment.today)),
      by: null,
      facts: {
        risk: riskPoints(row.severity),
        // One that was found while another one was resolved was seen later.
        numbers: { count: row.count, lastSeenAt: row.lastSeenAt },
        words: {},
      },
      subject: {
        kind: 'finding',
        rule: row.rule,
        title: parseRule(row.rule)?.title ?? row.rule,
        subjectKind: row.subjectKind,
        count: row.count,
        findingId: row.findingId,
        name: one?.subject.name ?? '',
        says: one?.says ?? '',
      },
    }
  })
}

/** Invites that expired, by client. */
export function inviteMatters(
  counts: ReadonlyMap<string, ClientCounts>,
  refs: ReadonlyMap<string, ClientRef>,
): Matter[] {
  return [...counts].flatMap(([slug, { expiredInvites: count }]): Matter[] => {
    const client = refs.get(slug)
    if (client === undefined || count === 0) return []
    return [
      {
        key: 'invites-expired',
        client,
        risk: 'low',
        reach: count,
        age: 0,
        by: null,
        facts: { risk: riskPoints('low'), numbers: { count }, words: {} },
        subject: { kind: 'invites', count },
      },
    ]
  })
}

/** Usage reports that are due and were not made. */
export function reportMatters(context: Context, scope: Scope): Matter[] {
  const today = getToday(context)
  return dueReports(context, scope)
    .filter(({ madeAt, dueOn }) => madeAt === null && dueOn <= today)
    .map(({ client, kind, period, dueOn }): Matter => ({
      key: `report-${kind}-${client.slug}`,
      client,
      risk: 'low',
      reach: 1,
      age: daysBetween(dueOn, today),
      by: dueOn,
      facts: { risk: riskPoints('low'), numbers: {}, words: { period } },
      subject: {
        kind: 'report',
        title: `Make the ${REPORT_WORDS[kind]} of ${client.name} for ${periodTitle({ word: period })}`,
        address: { kind, period },
      },
    }))
}
