import { byWords, EVENT_ACTOR, lastOfEvents, RECENT_EVENTS } from '../kit/events.ts'
import { count, dayWord, defineRule } from '../kit/rule.ts'

/** The event that ended the key of `e`; keys are never made twice. */
const ENDED = `event d ON d.connection_id = e.connection_id AND d.subject_x = e.subject_x AND d.at >= e.at
  AND d.act = 'removed' AND d.subject IN ('key', 'admin-key')`

export const keyBetweenSyncs = defineRule({
  id: 'key-between-syncs',
  title: 'Key that lived between two syncs',
  severity: 'medium',
  certainty: 'certain',
  subject: 'connection',
  looksFor: 'What a provider’s own log shows: changes outside the register, and whether it can be read',
  reads: 'The provider log since the last review; keys of all syncs',
  remediation: 'Ask who made it what it was used for; sync more often where that matters.',
  actions: [],
  controls: ['SOC 2 CC6.1', 'SOC 2 CC7.2', 'ISO 27001 A.5.17', 'ISO 27001 A.8.15', 'NIST AU-6', 'PCI 8.6.1'],
  join: lastOfEvents(
    { keyId: 'e.subject_x', actor: EVENT_ACTOR, minutes: '(d.at - e.at) / 60000' },
    `${RECENT_EVENTS} CROSS JOIN ${ENDED}`,
    `e.act = 'created' AND e.subject IN ('key', 'admin-key') AND e.subject_x IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM key k WHERE k.connection_id = e.connection_id AND k.external_id = e.subject_x)`,
  ),
  where: 'true',
  evidence: { number: 'a.number', keyId: 'a.keyId', minutes: 'a.minutes', actor: 'a.actor', lastAt: 'a.at' },
  say: (e) =>
    `${count(e.number, 'key was', 'keys were')} created and deleted between two syncs, so that no list showed it; the last one, ${String(e.keyId)}, existed for ${count(e.minutes, 'minute', 'minutes')} on ${dayWord(e.lastAt)}, ${byWords(e.actor)}.`,
})
