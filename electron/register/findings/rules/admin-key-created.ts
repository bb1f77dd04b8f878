import { byWords, EVENT_ACTOR, EVENT_SUBJECT, lastOfEvents, OWN_CHANGE, RECENT_EVENTS } from '../kit/events.ts'
import { count, dayWord, defineRule, named } from '../kit/rule.ts'

const IS_ADMIN = `(e.subject = 'admin-key' OR (e.subject = 'key' AND EXISTS (SELECT 1 FROM key k JOIN key_version v ON v.key_id = k.id AND v.kind = 'admin'
  WHERE k.connection_id = e.connection_id AND k.external_id = e.subject_x)))`

/** The new key of a rotation that is recorded. A plan has keys of projects only, so it explains no admin key. */
const ROTATED = `EXISTS (SELECT 1 FROM rotation t JOIN key k ON k.id = t.key_id
  WHERE k.connection_id = e.connection_id AND k.external_id = e.subject_x)`

export const adminKeyCreated = defineRule({
  id: 'admin-key-created',
  title: 'Admin key created outside a remediation',
  severity: 'high',
  certainty: 'certain',
  subject: 'connection',
  looksFor: 'What a provider’s own log shows: changes outside the register, and whether it can be read',
  reads: 'The provider log since the last review; remediation and rotations',
  remediation:
    'Ask who made it what it is for. Delete it, or accept the risk with the answer as the reason; the next signed review ends this finding.',
  actions: ['admin-keys'],
  controls: ['SOC 2 CC6.1', 'SOC 2 CC7.2', 'ISO 27001 A.8.2', 'NIST AC-2', 'NIST AU-6', 'PCI 8.6.1'],
  join: lastOfEvents(
    { name: EVENT_SUBJECT, actor: EVENT_ACTOR },
    RECENT_EVENTS,
    `e.act = 'created' AND ${IS_ADMIN} AND NOT ${OWN_CHANGE} AND NOT ${ROTATED}`,
  ),
  where: 'true',
  evidence: { number: 'a.number', name: 'a.name', actor: 'a.actor', lastAt: 'a.at' },
  say: (e) =>
    `${count(e.number, 'admin key was', 'admin keys were')} created outside a remediation and a rotation; the last one, ${named(e.name, 'without a name')}, on ${dayWord(e.lastAt)}, ${byWords(e.actor)}.`,
})
