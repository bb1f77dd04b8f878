import { byWords, EVENT_ACTOR, lastOfEvents, RECENT_EVENTS } from '../kit/events.ts'
import { dayWord, defineRule } from '../kit/rule.ts'

/** It was not turned on or set up again afterwards. */
const STILL_OFF = `NOT EXISTS (SELECT 1 FROM event l WHERE l.connection_id = e.connection_id AND l.at > e.at
  AND l.subject = e.subject AND l.act IN ('created', 'enabled'))`

export const signOnOff = defineRule({
  id: 'sign-on-off',
  title: 'Single sign-on or provisioning turned off',
  severity: 'high',
  certainty: 'certain',
  subject: 'connection',
  looksFor: 'What a provider’s own log shows: changes outside the register, and whether it can be read',
  reads: 'The provider log since the last review',
  remediation: 'Turn it on again: without it, people who leave keep a way to sign in.',
  actions: [],
  controls: ['SOC 2 CC6.1', 'SOC 2 CC6.2', 'ISO 27001 A.5.16', 'ISO 27001 A.8.5', 'NIST IA-2', 'PCI 8.2.5'],
  join: lastOfEvents(
    { actor: EVENT_ACTOR, what: 'e.subject' },
    RECENT_EVENTS,
    `e.subject IN ('sign-on', 'provisioning') AND e.act IN ('removed', 'disabled') AND ${STILL_OFF}`,
  ),
  where: 'true',
  evidence: { what: 'a.what', actor: 'a.actor', lastAt: 'a.at' },
  say: (e) =>
    `${e.what === 'sign-on' ? 'Single sign-on' : 'Provisioning of accounts by a directory (SCIM)'} was turned off on ${dayWord(e.lastAt)}, ${byWords(e.actor)}.`,
})
