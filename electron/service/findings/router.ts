import { findingsContract } from '../../../shared/contract/findings.ts'
import { MAX_SLICE } from '../../../shared/contract/common.ts'
import type { FindingRow, RuleInfo } from '../../../shared/contract/findings.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { addDays, type Day } from '../../../shared/domain/day.ts'
import { formatDay } from '../../../shared/domain/text/dates.ts'
import { effectivePolicy } from '../../register/clients/policy.ts'
import { acceptedAt, findingNames } from '../../register/findings/acceptance.ts'
import { readEvaluation, findingTrend } from '../../register/findings/counts.ts'
import { countFindings, findingGroups, findingSubjects, subjectIds } from '../../register/findings/groups.ts'
import { findingHistory, findingIds, findingsById, type StoredFinding } from '../../register/findings/list.ts'
import type { Rule } from '../../register/findings/kit/rule.ts'
import { parseRule, RULES } from '../../register/findings/rules.ts'
import { findUnseen } from '../../register/team/risk-decisions.ts'
import { checkScope, type Context, findClientId, getReader, getToday, makeMoment } from '../core/context.ts'
import { commitOperations, type NewDecision } from '../core/operations.ts'
import { evaluateNow } from './findings.ts'
import { implementArea } from '../core/implementer.ts'
import { readLongSlice, readWhole } from '../core/slices.ts'
import { assertAttested } from '../kit/attest.ts'
import { invalid, notFound, Refusal } from '../kit/refusal.ts'

const os = implementArea({ findings: findingsContract })

function existing(context: Context, findingId: number): StoredFinding {
  const [stored] = findingsById(getReader(context), [findingId], makeMoment(context))
  if (!stored) throw notFound(`Finding ${findingId}`, 'Read the list of findings again.')
  return stored
}

/** A finding that can be decided on. */
function standing(context: Context, findingId: number): FindingRow {
  const { row } = existing(context, findingId)
  if (row.state === 'resolved') {
    throw new Refusal('CONFLICT', 'The finding is resolved; there is nothing to decide.', 'Read the list again.')
  }
  return row
}

/** The words of a finding that outlive it, for the journal. */
function getSubject(row: FindingRow): string {
  return `${row.rule.title}: ${row.subject.name}`
}

/** Describes each finding for both decisions. */
function describeEach(context: Context, rows: readonly FindingRow[]) {
  const names = findingNames(
    getReader(context),
    rows.map(({ findingId }) => findingId),
  )
  return rows.flatMap((row) => {
    const name = names.get(row.findingId)
    if (name === undefined) return []
    const { cause, ...findingNamed } = name
    const body = { v: 1, findingNamed, cause, rule: row.rule.id, connection: row.connection.label } as const
    return [{ says: row.says, client: row.client.slug, subject: getSubject(row), body }]
  })
}

/** Returns when they were accepted. */
function accept(
  context: Context,
  rows: readonly FindingRow[],
  given: { readonly until: Day; readonly reason: string },
): number {
  const decided = describeEach(context, rows).map(({ says, body, ...about }): NewDecision => ({
    kind: 'finding.accepted',
    ...about,
    body: { ...body, says, ...given },
  }))
  return commitOperations(context, decided).at
}

function reopen(context: Context, rows: readonly FindingRow[]): void {
  const decided = describeEach(context, rows).map(({ client, subject, body }): NewDecision => ({
    kind: 'finding.reopened',
    client,
    subject,
    body,
  }))
  commitOperations(context, decided)
}

/** Finds the decisions about its risk by members of a team who had not seen each other; null where there are none. */
function findUnseenOf(context: Context, findingId: number) {
  const reader = getReader(context)
  const name = findingNames(reader, [findingId]).get(findingId)
  return name === undefined ? null : findUnseen(reader, name)
}

/**
 * Throws `Refusal` INVALID for a last day that has passed or is later than the policy of a client allows, and CONFLICT where
 * the word for many or critical findings was not typed.
 */
function checkAcceptance(
  context: Context,
  rows: readonly FindingRow[],
  { until, reason, confirm }: { readonly until: Day; readonly reason: string; readonly confirm: string | undefined },
): void {
  const today = getToday(context)
  if (until < today) {
    throw invalid('until', `${formatDay(until)} has passed.`, 'Give the last day on which the finding is accepted.')
  }
  for (const [slug, [row]] of Map.groupBy(rows, ({ client }) => client.slug)) {
    const { acceptanceDays } = effectivePolicy(getReader(context), findClientId(context, slug))
    const last = addDays(today, acceptanceDays)
    if (until <= last) continue
    throw invalid(
      'until',
      `${formatDay(until)} is later than the policy of ${row?.client.name ?? slug} allows: a risk is accepted for at most ${counted(acceptanceDays, 'day')}.`,
      `Give a day up to ${last}.`,
    )
  }
  const isGrave = rows.some(({ severity }) => severity === 'critical')
  const isOne = rows.length === 1
  const grave = isOne ? 'The finding is critical' : 'A critical finding is among them'
  assertAttested(
    'ACCEPT',
    { count: rows.length, isGrave },
    { reason, confirm },
    {
      field: 'reason',
      option: '--why',
      covers: isGrave ? grave : `These are ${counted(rows.length, 'finding')}`,
      purpose: `to accept the risk of ${isOne ? 'it' : 'all of them'}`,
    },
  )
}

/** Rows for ids, a slice at a time: each includes its evidence. */
function listRows(context: Context, ids: readonly number[]): FindingRow[] {
  const slices = Array.from({ length: Math.ceil(ids.length / MAX_SLICE) }, (_, n) =>
    ids.slice(n * MAX_SLICE, (n + 1) * MAX_SLICE),
  )
  return slices.flatMap((slice) => findingsById(getReader(context), slice, makeMoment(context)).map(({ row }) => row))
}

function toRuleInfo({ id, title, severity, certainty, doubt, subject, reads, remediation, controls }: Rule): RuleInfo {
  return { id, title, severity, certainty, doubt: doubt ?? null, subject, reads, remediation, controls: [...controls] }
}

export const findingsRouter = {
  list: os.findings.list.handler(({ context, input }) =>
    readLongSlice(
      context,
      { list: 'findings', query: input, ids: (query) => findingIds(getReader(context), query, getToday(context)) },
      (ids) => findingsById(getReader(context), ids, makeMoment(context)).map((stored) => stored.row),
    ),
  ),
  groups: os.findings.groups.handler(async ({ context, input }) => {
    checkScope(context, input)
    const { by, offset, limit, ...filter } = input
    if (by === 'subject') {
      return readLongSlice(
        context,
        {
          list: 'subjects',
          query: { ...filter, offset, limit },
          ids: (query) => subjectIds(getReader(context), query, getToday(context)),
          isWhole: filter.subjectId === undefined,
        },
        (ids) => findingSubjects(getReader(context), ids, filter, getToday(context)),
      )
    }
    const { answer, revision } = await readWhole(context, {
      answer: 'findingGroups',
      query: { ...filter, by },
      read: (reader, query, { today }) => findingGroups(reader, query, today),
    })
    return { total: answer.length, revision, rows: answer.slice(offset, offset + limit) }
  }),
  counts: os.findings.counts.handler(({ context, input: { filter, by } }) => {
    checkScope(context, filter)
    const { [by]: _, certainty = by === 'rule' ? 'all' : undefined, ...others } = filter
    const query = { ...others, certainty: by === 'certainty' ? 'all' : certainty, by } as const
    return countFindings(getReader(context), query, getToday(context))
  }),
  get: os.findings.get.handler(({ context, input: { findingId } }) => {
    const { row, evidence } = existing(context, findingId)
    const rule = parseRule(row.rule.id)
    if (rule === undefined) throw notFound(`The rule ${row.rule.id}`, 'A newer version of Castellan knows it.')
    return {
      row,
      rule: toRuleInfo(rule),
      evidence,
      before: findingHistory(getReader(context), row, makeMoment(context)),
      unseen: findUnseenOf(context, findingId),
    }
  }),
  accept: os.findings.accept.handler(({ context, input: { findingId, until, reason, confirm } }) => {
    const row = standing(context, findingId)
    checkAcceptance(context, [row], { until, reason, confirm })
    accept(context, [row], { until, reason })
    return existing(context, findingId).row
  }),
  reopen: os.findings.reopen.handler(({ context, input: { findingId } }) => {
    const row = standing(context, findingId)
    if (row.accepted !== null) reopen(context, [row])
    return existing(context, findingId).row
  }),
  acceptMany: os.findings.acceptMany.handler(({ context, input: { findings, until, reason, confirm } }) => {
    const ids = [...new Set(findings)]
    const rows = listRows(context, ids)
    const ended = ids.length - rows.filter((row) => row.state === 'open').length
    if (ended > 0) {
      throw new Refusal(
        'CONFLICT',
        `${counted(ended, 'finding is', 'findings are')} not open any more.`,
        'Check the list again, then accept what it shows.',
      )
    }
    checkAcceptance(context, rows, { until, reason, confirm })
    return { accepted: ids.length, at: accept(context, rows, { until, reason }) }
  }),
  reopenAll: os.findings.reopenAll.handler(({ context, input: { at: acceptance } }) => {
    const rows = listRows(context, acceptedAt(getReader(context), acceptance))
    if (rows.length === 0) throw notFound('A finding accepted at that instant', 'Read the list of findings again.')
    reopen(context, rows)
    return { reopened: rows.length }
  }),
  rules: os.findings.rules.handler(() => RULES.map(toRuleInfo)),
  trend: os.findings.trend.handler(({ context, input }) => {
    checkScope(context, input)
    return findingTrend(getReader(context), input, getToday(context))
  }),
  freshness: os.findings.freshness.handler(({ context, input }) => {
    checkScope(context, input)
    return readEvaluation(getReader(context), input, getToday(context))
  }),
  evaluate: os.findings.evaluate.handler(({ context }) => ({ evaluated: evaluateNow(context) })),
}
