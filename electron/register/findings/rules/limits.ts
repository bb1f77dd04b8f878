import { AGREED_RULE } from '../kit/agreed.ts'
import { count, dayWord, defineRule, type Rule, seenAt } from '../kit/rule.ts'

/** The syncs since the client’s last signed review, or within the days that the policy sets. */
const SINCE = `FROM temp.f_connection f CROSS JOIN sync y ON y.connection_id = f.id AND y.id > f.since_sync`

const REPORTED = 'SELECT y.connection_id, y.finished_at AS at, l.external_id'

/** The other versions of a limit `l`. */
const OTHER = `limit_version o INDEXED BY limit_by_external_id ON o.connection_id = l.connection_id AND o.external_id = l.external_id`

const CHANGED = `${REPORTED}, 'changed' AS how ${SINCE} CROSS JOIN limit_version l ON l.from_sync = y.id
  CROSS JOIN ${OTHER} AND o.to_sync = y.id
  WHERE o.amount <> l.amount OR o.enforcement <> l.enforcement OR o.period <> l.period OR o.metric <> l.metric`

const SET_AGAIN = `${REPORTED}, 'again' ${SINCE} CROSS JOIN limit_version l ON l.from_sync = y.id
  WHERE (SELECT max(o.to_sync) FROM limit_version o WHERE o.connection_id = l.connection_id AND o.external_id = l.external_id
    AND o.from_sync < l.from_sync) < y.id`

/** A project’s limit that ended with the project is not counted. */
const REMOVED = `${REPORTED}, 'removed' ${SINCE} CROSS JOIN limit_version l ON l.to_sync = y.id
  WHERE NOT EXISTS (SELECT 1 FROM limit_version o WHERE o.connection_id = l.connection_id AND o.external_id = l.external_id AND o.to_sync IS NULL)
    AND (l.project_id IS NULL OR EXISTS (SELECT 1 FROM temp.f_project n WHERE n.id = l.project_id))`

const number = (how: string): string => `count(DISTINCT external_id) FILTER (WHERE how = '${how}')`

/** Rules about limits of spend. */
export const LIMITS_RULES: readonly Rule[] = [
  defineRule({
    id: 'organization-without-spend-limit',
    rank: 410,
    title: 'Organization without a spend limit',
    severity: 'medium',
    certainty: 'certain',
    subject: 'connection',
    looksFor: 'No spend limit or alert where the policy requires one',
    reads: 'Spend limits and alerts, where they could be read',
    remediation: 'Set a limit, or at least an alert, for the organization at the provider.',
    actions: ['alert-set', 'limit-set'],
    controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.15'],
    where: `c.spend_control <> 'none' AND c.organization_spend_read = 1
      AND NOT EXISTS (SELECT 1 FROM temp.f_spend s WHERE s.connection_id = c.id AND s.project_id = 0)`,
    evidence: { wanted: 'c.spend_control' },
    say: () => 'The organization has neither a spend limit nor an alert.',
  }),
  defineRule({
    ...AGREED_RULE,
    id: 'organization-limit-disagrees',
    rank: 420,
    title: 'Organization limit differs from the budget',
    subject: 'connection',
    join: 'JOIN temp.f_agreed a ON a.connection_id = c.id AND a.project_id = 0',
    where: 'true',
  }),
  defineRule({
    ...AGREED_RULE,
    id: 'project-limit-disagrees',
    rank: 430,
    title: 'Project limit differs from the budget',
    subject: 'project',
    join: 'JOIN temp.f_agreed a ON a.connection_id = c.id AND a.project_id = n.id',
    where: "n.status = 'active'",
  }),
  defineRule({
    id: 'project-without-spend-limit',
    rank: 630,
    title: 'Project without a spend limit',
    severity: 'low',
    certainty: 'certain',
    subject: 'project',
    looksFor: 'No spend limit or alert where the policy requires one',
    reads: 'Spend limits and alerts, where they could be read; keys of projects',
    remediation: 'Set a limit, or at least an alert, for the project at the provider.',
    actions: ['alert-set', 'limit-set'],
    controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.15'],
    where: `c.spend_control = 'project' AND n.status = 'active' AND n.spend_read = 1 AND n.keys > 0
      AND NOT EXISTS (SELECT 1 FROM temp.f_spend s WHERE s.connection_id = c.id AND s.project_id = n.id)`,
    evidence: { keys: 'n.keys' },
    say: (e) => `The project has ${count(e.keys, 'key', 'keys')}, but neither a spend limit nor an alert.`,
  }),
  defineRule({
    id: 'limit-changed',
    rank: 700,
    title: 'Limit changed recently',
    severity: 'low',
    certainty: 'opinion',
    doubt: 'The change may be intended.',
    subject: 'connection',
    looksFor: 'A limit that changed, or a workspace that was recreated, since the last review',
    reads: 'Limits of all syncs; the last signed review',
    remediation: 'Ask who changed it and why, and accept the risk with the answer as the reason.',
    actions: ['limit-set'],
    controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.15'],
    join: `JOIN (SELECT connection_id, ${number('changed')} AS changed, ${number('again')} AS again, ${number('removed')} AS removed, max(at) AS at
      FROM (${CHANGED} UNION ALL ${SET_AGAIN} UNION ALL ${REMOVED}) s GROUP BY connection_id) a ON a.connection_id = c.id`,
    where: 'true',
    due: seenAt('a.at'),
    evidence: {
      changed: 'a.changed',
      again: 'a.again',
      removed: 'a.removed',
      seenAt: 'a.at',
      reviewedAt: 'c.reviewed_at',
    },
    say: (e) => {
      const parts = [
        Number(e.changed) > 0 ? `${count(e.changed, 'limit was', 'limits were')} changed` : null,
        Number(e.removed) > 0 ? `${count(e.removed, 'limit was', 'limits were')} removed` : null,
        Number(e.again) > 0 ? `${count(e.again, 'limit was', 'limits were')} removed and set again` : null,
      ].filter((part) => part !== null)
      const since = e.reviewedAt === null ? '' : ` since the review signed on ${dayWord(e.reviewedAt)}`
      return `${parts.join(', ')}${since}; last seen by the sync of ${dayWord(e.seenAt)}.`
    },
  }),
]
