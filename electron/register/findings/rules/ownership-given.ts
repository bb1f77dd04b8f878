import { byWords, EVENT_ACTOR, EVENT_SUBJECT, lastOfEvents, OWN_CHANGE, RECENT_EVENTS } from '../kit/events.ts'
import { count, dayWord, defineRule, named } from '../kit/rule.ts'

export const ownershipGiven = defineRule({
  id: 'ownership-given',
  title: 'Ownership given',
  severity: 'medium',
  certainty: 'certain',
  subject: 'connection',
  looksFor: 'What a provider’s own log shows: changes outside the register, and whether it can be read',
  reads: 'The provider log since the last review; remediation',
  remediation: 'Check with who gave the role that it was meant, and lower it where it was not.',
  actions: ['privileged'],
  controls: ['SOC 2 CC6.3', 'SOC 2 CC7.2', 'ISO 27001 A.8.2', 'NIST AC-6', 'NIST AU-6', 'PCI 7.2.5'],
  join: lastOfEvents(
    { name: EVENT_SUBJECT, actor: EVENT_ACTOR, role: 'e.role_raw' },
    RECENT_EVENTS,
    `e.level IN ('owner', 'admin') AND e.act IN ('created', 'changed') AND e.subject IN ('user', 'grant', 'invite', 'service-account')
      AND NOT ${OWN_CHANGE}`,
  ),
  where: 'true',
  evidence: { number: 'a.number', name: 'a.name', role: 'a.role', actor: 'a.actor', lastAt: 'a.at' },
  say: (e) =>
    `A role that administers was given ${count(e.number, 'time', 'times')} outside a remediation; the last one, ${String(e.role)}, to ${named(e.name, 'someone without a name')} on ${dayWord(e.lastAt)}, ${byWords(e.actor)}.`,
})
