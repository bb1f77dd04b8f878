import { DORMANT_GRANTS, EFFECTIVE_GRANTS } from '../../facts/grant-now.ts'
import { count, DAY, dayWord, defineRule, dueAfter, type Rule } from '../kit/rule.ts'

/** When a project was created: as the provider reports, else the first sync that showed it after one that did not. */
const MADE_SINCE = `ifnull(n.created_at > c.since_at, c.since_sync BETWEEN 1 AND n.first_sync - 1)`

/** The earlier one had ended before this one began. */
const AFTER = `ifnull(n.created_at >= g.ended_at, n.first_sync >= g.ended_sync)`

/** Rules about projects and workspaces. */
export const PROJECTS_RULES: readonly Rule[] = [
  defineRule({
    id: 'environments-mixed',
    rank: 350,
    title: 'Production and development in one project',
    severity: 'medium',
    certainty: 'likely',
    doubt: 'Environments are read from names where none is set.',
    subject: 'project',
    looksFor: 'Production and development in one project',
    reads: 'Environments of keys, by project',
    remediation: 'Move production to a separate project; otherwise development keys share its limits and data.',
    actions: [],
    controls: ['SOC 2 CC6.1', 'ISO 27001 A.8.3', 'NIST AC-6', 'PCI 7.2.5', 'CIS 6'],
    where: `n.status = 'active' AND n.production_keys > 0 AND n.other_keys > 0`,
    evidence: { production: 'n.production_keys', other: 'n.other_keys' },
    say: (e) =>
      `It has ${count(e.production, 'production key', 'production keys')} and ${count(e.other, 'key', 'keys')} for development, test or staging.`,
  }),
  defineRule({
    id: 'workspace-recreated',
    rank: 360,
    title: 'Project or workspace recreated',
    severity: 'medium',
    certainty: 'likely',
    doubt: 'It is recognized by its name alone.',
    subject: 'project',
    looksFor: 'A limit that changed, or a workspace that was recreated, since the last review',
    reads: 'Projects of all syncs; the last signed review',
    remediation:
      'Ask who recreated it and why; check that its limits, members and keys match those of the earlier one.',
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
  }),
  defineRule({
    id: 'archived-project-members',
    rank: 600,
    title: 'Members of an archived project',
    severity: 'low',
    certainty: 'opinion',
    doubt: 'Members of an archived project have no access until it is unarchived.',
    subject: 'project',
    looksFor: 'Membership or a key in an archived or idle project',
    reads: 'Projects and grants in them',
    remediation: 'Remove the members, so that they do not regain access if the project is unarchived.',
    actions: [],
    controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.18', 'NIST AC-2', 'CIS 6'],
    join: `JOIN (SELECT e.project_id, count(DISTINCT e.principal_id) AS members FROM temp.f_project f
      CROSS JOIN ${DORMANT_GRANTS} e ON e.project_id = f.id WHERE f.status = 'archived' GROUP BY e.project_id) a ON a.project_id = n.id`,
    where: `n.status = 'archived'`,
    evidence: { members: 'a.members' },
    say: (e) => `The project is archived but still has ${count(e.members, 'member', 'members')}.`,
  }),
  // A project's use is known from its keys: the use of all must be reported, and none may be too young to judge.
  defineRule({
    id: 'project-idle',
    rank: 610,
    title: 'Idle project with members or keys',
    severity: 'low',
    certainty: 'likely',
    doubt: 'Only the use of its keys is reported.',
    subject: 'project',
    looksFor: 'Membership or a key in an archived or idle project',
    reads: 'Last use and creation of keys, where the provider reports them; projects and effective access',
    remediation: 'Archive the project, or delete the keys and remove the members that are no longer needed.',
    actions: [],
    controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.18', 'NIST AC-2', 'PCI 7.2.5', 'CIS 6'],
    where: `n.status = 'active' AND n.keys > 0 AND n.unknown_keys = 0
      AND n.key_alive_at <= :now - c.idle_project_days * ${DAY} AND ifnull(n.created_at <= :now - c.idle_project_days * ${DAY}, 1)`,
    due: dueAfter('n.key_alive_at', 'c.idle_project_days'),
    evidence: {
      lastUsedAt: 'n.key_used_at',
      lastUsedBeforeAt: 'n.key_used_before_at',
      keys: 'n.keys',
      members: `(SELECT count(DISTINCT e.principal_id) FROM ${EFFECTIVE_GRANTS} e WHERE e.project_id = n.id AND e.via <> 'organization')`,
      days: 'c.idle_project_days',
    },
    say: (e) => {
      const used =
        e.lastUsedAt !== null
          ? `Its keys were last used on ${dayWord(e.lastUsedAt)}`
          : e.lastUsedBeforeAt !== null
            ? `Its keys were last used before ${dayWord(e.lastUsedBeforeAt)}`
            : 'None of its keys was ever used'
      const keys = count(e.keys, 'key', 'keys')
      const who = Number(e.members) === 0 ? keys : `${keys} and ${count(e.members, 'member', 'members')}`
      return `${used}; the policy allows ${count(e.days, 'day', 'days')}. It still has ${who}.`
    },
  }),
  defineRule({
    id: 'default-project-in-use',
    rank: 620,
    title: 'Default project in use',
    severity: 'low',
    certainty: 'opinion',
    doubt: 'One project may be enough for a small organization.',
    subject: 'project',
    looksFor: 'The default project in use',
    reads: 'Projects and their keys',
    remediation: 'Move the keys to a separate project with its own members and limits.',
    actions: [],
    controls: ['SOC 2 CC6.1', 'ISO 27001 A.8.3', 'NIST AC-6', 'CIS 6'],
    where: `n.is_default = 1 AND n.status = 'active' AND n.keys > 0`,
    evidence: { keys: 'n.keys' },
    say: (e) => `The default project, which all members share, has ${count(e.keys, 'key', 'keys')}.`,
  }),
]
