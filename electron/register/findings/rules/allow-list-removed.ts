import { byWords, EVENT_ACTOR, lastOfEvents, RECENT_EVENTS } from '../kit/events.ts'
import { dayWord, defineRule } from '../kit/rule.ts'

/** No allow list was made or turned on afterwards. */
const STILL_OFF = `NOT EXISTS (SELECT 1 FROM event l WHERE l.connection_id = e.connection_id AND l.at > e.at
  AND l.subject = 'network' AND l.act IN ('created', 'enabled'))`

export const allowListRemoved = defineRule({
  id: 'allow-list-removed',
  title: 'IP allow list removed',
  severity: 'high',
  certainty: 'certain',
  subject: 'connection',
  looksFor: 'What a provider’s own log shows: changes outside the register, and whether it can be read',
  reads: 'The provider log since the last review',
  remediation: 'Set the allow list again, or accept the risk with the reason for its removal.',
  actions: [],
  controls: ['SOC 2 CC6.6', 'ISO 27001 A.8.20', 'NIST AC-17', 'NIST AU-6', 'PCI 1.2.1'],
  join: lastOfEvents(
    { actor: EVENT_ACTOR },
    RECENT_EVENTS,
    `e.subject = 'network' AND e.act IN ('removed', 'disabled') AND ${STILL_OFF}`,
  ),
  where: 'true',
  evidence: { actor: 'a.actor', lastAt: 'a.at' },
  say: (e) =>
    `The list of addresses that may use the API was removed or turned off on ${dayWord(e.lastAt)}, ${byWords(e.actor)}.`,
})
