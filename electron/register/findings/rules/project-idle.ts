import { count, DAY, dayWord, defineRule } from '../kit/rule.ts'
import { EFFECTIVE_GRANTS } from '../../facts/grant-now.ts'

/** A project's use is known from its keys: the use of all must be reported, and none may be too young to judge. */
export const projectIdle = defineRule({
  id: 'project-idle',
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
})
