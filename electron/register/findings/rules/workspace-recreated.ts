import { dayWord, defineRule } from '../kit/rule.ts'

/** When a project was created: as the provider reports, else the first sync that showed it after one that did not. */
const MADE_SINCE = `ifnull(n.created_at > c.since_at, c.since_sync BETWEEN 1 AND n.first_sync - 1)`

/** The earlier one had ended before this one began. */
const AFTER = `ifnull(n.created_at >= g.ended_at, n.first_sync >= g.ended_sync)`

export const workspaceRecreated = defineRule({
  id: 'workspace-recreated',
  title: 'Project or workspace recreated',
  severity: 'medium',
  certainty: 'likely',
  doubt: 'It is recognized by its name alone.',
  subject: 'project',
  looksFor: 'A limit that changed, or a workspace that was recreated, since the last review',
  reads: 'Projects of all syncs; the last signed review',
  remediation: 'Ask who recreated it and why; check that its limits, members and keys match those of the earlier one.',
  actions: [],
  controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.15', 'ISO 27001 A.8.3', 'NIST AC-6'],
  join: `JOIN (SELECT n.id, g.how, max(g.id) FROM temp.f_project n CROSS JOIN temp.f_connection c ON c.id = n.connection_id
      CROSS JOIN temp.f_gone g ON g.connection_id = n.connection_id AND g.name = lower(n.name) AND g.id <> n.id
    WHERE n.status = 'active' AND ${MADE_SINCE} AND ${AFTER} GROUP BY n.id) a ON a.id = n.id`,
  where: `n.status = 'active'`,
  evidence: { how: 'a.how', madeAt: 'n.created_at', reviewedAt: 'c.reviewed_at' },
  say: (e) =>
    `One with the same name was ${e.how === 'archived' ? 'archived' : 'removed'}, and this one was created ${
      e.madeAt === null ? 'later' : `on ${dayWord(e.madeAt)}`
    }${e.reviewedAt === null ? '' : `, since the review signed on ${dayWord(e.reviewedAt)}`}: its limits, members and keys were not reviewed.`,
})
