import type { Difference } from '../../../../shared/domain/plans/drift-difference.ts'
import { computeDrift } from '../../../../shared/domain/plans/drift.ts'
import type { Writer } from '../../db/handles.ts'
import { planBindings } from '../../plans/answers.ts'
import { readReality } from '../../plans/reality.ts'
import { planModel } from '../../plans/plans.ts'
import { ALIASES, type Evidence, named, type Rule } from './rule.ts'

/** The columns of `f_planned`: how a subject differs from the active plan, by the rule that reports it. */
export const PLANNED = `rule TEXT, subject_id INTEGER, connection_id INTEGER, plan TEXT, differences INTEGER, says TEXT,
  PRIMARY KEY (rule, subject_id)`

/** How many differences of one subject are written out; the rest are only counted. */
const MOST_WRITTEN = 3

interface RuleBreach {
  readonly rule: string
  readonly subjectId: number
}

/** The rule that a difference breaks, and its subject. Null where no connection matches. */
function brokenBy({ kind, part, subject, connectionId }: Difference): RuleBreach | null {
  if (kind === 'missing') return connectionId === null ? null : { rule: 'plan-missing', subjectId: connectionId }
  // The limit of a missing project is reported with the project.
  if (subject === null) return null
  const of = (rule: string): RuleBreach => ({ rule, subjectId: subject.id })
  if (kind === 'extra') return of(`plan-${part}-extra`)
  if (kind === 'renamed') return of(`plan-${part}-renamed`)
  if (kind === 'role') return of('plan-role-differs')
  if (kind === 'place') return of('plan-person-misplaced')
  if (kind === 'key') return of('plan-key-unexplained')
  return of(subject.kind === 'connection' ? 'plan-organization-limit-differs' : 'plan-project-limit-differs')
}

/** Fills the table with how the connections under evaluation differ from the active plan. Few clients have one. */
export function layOutPlanned(writer: Writer, now: number): void {
  const plans = writer.all<{
    readonly id: number
    readonly client_id: number
    readonly title: string
    readonly version: number
  }>(
    `SELECT p.id, p.client_id, p.title, (SELECT max(v.version) FROM plan_version v WHERE v.plan_id = p.id AND v.draft = 0) AS version
     FROM plan p WHERE p.in_force = 1
       AND p.client_id IN (SELECT cn.client_id FROM temp.f_connection f JOIN connection cn ON cn.id = f.id)`,
  )
  const insert = writer.prepare(
    'INSERT INTO temp.f_planned SELECT ?, ?, f.id, ?, ?, ? FROM temp.f_connection f WHERE f.id = ?',
  )
  for (const { id, client_id: clientId, title, version } of plans) {
    const plan = planModel(writer, id, version)
    if (plan === null) continue
    const { differences } = computeDrift(plan, readReality(writer, clientId, now), planBindings(writer, id))
    const broken = differences.flatMap((difference) => {
      const by = brokenBy(difference)
      return by === null ? [] : [{ ...by, difference }]
    })
    for (const own of Map.groupBy(broken, ({ rule, subjectId }) => `${rule} ${subjectId}`).values()) {
      const [first] = own
      if (first === undefined) continue
      const says = own.slice(0, MOST_WRITTEN).map(({ difference }) => difference.says)
      insert([first.rule, first.subjectId, title, own.length, says.join(' '), first.difference.connectionId])
    }
  }
}

type PlanRuleField = 'looksFor' | 'actions' | 'join' | 'where' | 'evidence' | 'say'

/**
 * Defines a rule about a difference from the active plan, which is certain unless another certainty is given. It has no actions of its own, since the plan's steps resolve
 * it. The list of subjects makes SQLite go from the few differences to their subjects, not through all subjects.
 */
export function definePlanRule(rule: Omit<Rule, PlanRuleField | 'certainty'> & Partial<Pick<Rule, 'certainty'>>): Rule {
  const subject = `${ALIASES[rule.subject]}.id`
  return {
    certainty: 'certain',
    ...rule,
    looksFor:
      'Differences from the active plan: missing, unplanned, another name, another role, a person in the wrong place, a key without a purpose, another limit',
    actions: [],
    join: `JOIN temp.f_planned d ON d.rule = '${rule.id}' AND d.connection_id = c.id AND d.subject_id = ${subject}`,
    where: `${subject} IN (SELECT subject_id FROM temp.f_planned WHERE rule = '${rule.id}')`,
    evidence: { plan: 'd.plan', differences: 'd.differences', says: 'd.says' },
    say: sayPlanned,
  }
}

function sayPlanned({ plan, differences, says }: Evidence): string {
  const more = Number(differences) - MOST_WRITTEN
  return `Compared with the plan ${named(plan ?? null, 'that is active')}: ${says}${more > 0 ? ` And ${more} more.` : ''}`
}
