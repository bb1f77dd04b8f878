import type { FindingRow } from '../../../shared/contract/findings.ts'
import { setAcceptance } from '../../register/findings/acceptance.ts'
import { evaluationOf, findingTrend } from '../../register/findings/counts.ts'
import { findingGroups } from '../../register/findings/groups.ts'
import { findingHistory, findingIds, findingsById, type StoredFinding } from '../../register/findings/list.ts'
import type { Moment } from '../../register/findings/rule.ts'
import { ruleOf, RULES } from '../../register/findings/rules.ts'
import { checkScope, type Context, decide, operatorOf, readerOf, registerOf, todayOf } from '../context.ts'
import { evaluateNow } from '../findings.ts'
import { os } from '../implementer.ts'
import { invalid, notFound, Refusal } from '../refusal.ts'

function momentOf(context: Context): Moment {
  return { now: context.now(), today: todayOf(context) }
}

function existing(context: Context, findingId: number): StoredFinding {
  const [stored] = findingsById(readerOf(context), [findingId], momentOf(context))
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

/** The words of a finding that survive it, for the journal. */
function subjectOf(row: FindingRow): string {
  return `${row.rule.title}: ${row.subject.name}`
}

export const findingsRouter = {
  list: os.findings.list.handler(({ context, input }) => {
    checkScope(context, input)
    const { offset, limit, ...query } = input
    const moment = momentOf(context)
    const revision = registerOf(context).revision()
    const { total, ids } = context.lists.slice({
      list: 'findings',
      query,
      revision: `${revision} ${moment.today}`,
      offset,
      limit,
      resolve: () => findingIds(readerOf(context), query, moment.today),
    })
    return { total, revision, rows: findingsById(readerOf(context), ids, moment).map((stored) => stored.row) }
  }),
  groups: os.findings.groups.handler(({ context, input }) => {
    checkScope(context, input)
    return { ...findingGroups(readerOf(context), input, todayOf(context)), revision: registerOf(context).revision() }
  }),
  get: os.findings.get.handler(({ context, input }) => {
    const { row, evidence } = existing(context, input.findingId)
    const rule = ruleOf(row.rule.id)
    if (rule === undefined) throw notFound(`The rule ${row.rule.id}`, 'A newer version of Castellan knows it.')
    const { id, title, severity, subject, reads, remedy, controls } = rule
    return {
      row,
      rule: { id, title, severity, subject, reads, remedy, controls: [...controls] },
      evidence,
      before: findingHistory(readerOf(context), row, momentOf(context)),
    }
  }),
  accept: os.findings.accept.handler(({ context, input: { findingId, until, reason } }) => {
    const row = standing(context, findingId)
    if (until < todayOf(context)) {
      throw invalid('until', `${until} has passed.`, 'Give the last day on which the finding is accepted.')
    }
    decide(context, ['findings'], ({ writer, at, note }) => {
      setAcceptance(writer, findingId, { until, reason, by: operatorOf(context), at })
      note({
        action: 'finding.accepted',
        client: row.client.slug,
        subject: subjectOf(row),
        body: {
          finding: findingId,
          rule: row.rule.id,
          connection: row.connection.label,
          says: row.says,
          until,
          reason,
        },
      })
    })
    return existing(context, findingId).row
  }),
  reopen: os.findings.reopen.handler(({ context, input: { findingId } }) => {
    const row = standing(context, findingId)
    if (row.accepted !== null) {
      decide(context, ['findings'], ({ writer, note }) => {
        setAcceptance(writer, findingId, null)
        note({
          action: 'finding.reopened',
          client: row.client.slug,
          subject: subjectOf(row),
          body: { finding: findingId, rule: row.rule.id, connection: row.connection.label },
        })
      })
    }
    return existing(context, findingId).row
  }),
  rules: os.findings.rules.handler(() =>
    RULES.map(({ id, title, severity, subject, reads, remedy, controls }) => ({
      id,
      title,
      severity,
      subject,
      reads,
      remedy,
      controls: [...controls],
    })),
  ),
  trend: os.findings.trend.handler(({ context, input }) => {
    checkScope(context, input)
    return findingTrend(readerOf(context), input, todayOf(context))
  }),
  freshness: os.findings.freshness.handler(({ context, input }) => {
    checkScope(context, input)
    return evaluationOf(readerOf(context), input, todayOf(context))
  }),
  evaluate: os.findings.evaluate.handler(({ context }) => ({ evaluated: evaluateNow(context) })),
}
