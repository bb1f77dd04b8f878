import { formatDay } from '../../../../shared/domain/text/dates.ts'
import { isUnused } from '../../facts/unused.ts'
import { byWords, EVENT_ACTOR, EVENT_SUBJECT, lastOfEvents, OWN_CHANGE, RECENT_EVENTS } from '../kit/events.ts'
import { count, DAY, dayWord, defineRule, dueAfter, dueOn, named, NO_DECOY, type Rule, seenAt } from '../kit/rule.ts'

const IS_ADMIN = `(e.subject = 'admin-key' OR (e.subject = 'key' AND EXISTS (SELECT 1 FROM key_history k
  WHERE k.kind = 'admin' AND k.connection_id = e.connection_id AND k.external_id = e.subject_x)))`

/** The new key of a rotation that is recorded. A plan has keys of projects only, so it explains no admin key. */
const ROTATED = `EXISTS (SELECT 1 FROM rotation t JOIN key k ON k.id = t.key_id
  WHERE k.connection_id = e.connection_id AND k.external_id = e.subject_x)`

export const ADMIN_KEYS_RULES: readonly Rule[] = [
  defineRule({
    id: 'admin-key-old',
    rank: 20,
    title: 'Admin key overdue for rotation',
    severity: 'critical',
    certainty: 'certain',
    subject: 'key',
    looksFor: 'Admin keys that are old, unused, expiring or too numerous',
    reads: 'Due days of admin keys',
    remediation: 'Create a new admin key, deploy it, delete this one, and mark it as rotated.',
    actions: ['key-rotate', 'key-delete'],
    controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'ISO 27001 A.8.2', 'NIST IA-5', 'PCI 8.6', 'CIS 5'],
    where: `k.kind = 'admin' AND k.due_on < :today`,
    due: dueOn('k.due_on'),
    evidence: { dueOn: 'k.due_on', basis: 'k.due_basis' },
    say: (e) => `It administers the whole organization, and its rotation was due on ${formatDay(String(e.dueOn))}.`,
  }),
  defineRule({
    id: 'admin-key-unused',
    rank: 100,
    title: 'Unused admin key',
    severity: 'high',
    certainty: 'certain',
    subject: 'key',
    looksFor: 'Admin keys that are old, unused, expiring or too numerous',
    reads: 'Last use of admin keys, where the provider reports it',
    remediation: 'Delete it: an unused key with full access is only a risk.',
    actions: ['key-delete'],
    controls: ['SOC 2 CC6.3', 'ISO 27001 A.8.2', 'NIST AC-6', 'PCI 7.2.5', 'CIS 5'],
    where: `k.kind = 'admin' AND ${NO_DECOY} AND ${isUnused(`:now - c.unused_flag_days * ${DAY}`, `:now - c.never_used_days * ${DAY}`)}`,
    due: dueAfter(
      'ifnull(k.last_used_at, k.created_at)',
      'iif(k.last_used_at IS NULL, c.never_used_days, c.unused_flag_days)',
    ),
    evidence: { lastUsedAt: 'k.last_used_at', createdAt: 'k.created_at' },
    say: (e) =>
      e.lastUsedAt === null
        ? `Created on ${dayWord(e.createdAt)} and never used.`
        : `Last used on ${dayWord(e.lastUsedAt)}.`,
  }),
  defineRule({
    id: 'admin-key-created',
    rank: 180,
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
    due: seenAt('a.at'),
    evidence: { number: 'a.number', name: 'a.name', actor: 'a.actor', lastAt: 'a.at' },
    say: (e) =>
      `${count(e.number, 'admin key was', 'admin keys were')} created outside a remediation and a rotation; the last one, ${named(e.name, 'without a name')}, on ${dayWord(e.lastAt)}, ${byWords(e.actor)}.`,
  }),
  defineRule({
    id: 'admin-key-expiring',
    rank: 210,
    title: 'Admin key that expires soon',
    severity: 'medium',
    certainty: 'certain',
    subject: 'key',
    looksFor: 'Admin keys that are old, unused, expiring or too numerous',
    reads: 'Expiry of admin keys',
    remediation: 'Replace it before it expires; otherwise everything that uses it stops working.',
    actions: ['key-rotate'],
    controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'NIST IA-5'],
    where: `k.kind = 'admin' AND ${NO_DECOY} AND k.expires_at <= :now + c.expiry_notice_days * ${DAY}`,
    due: dueAfter('k.expires_at', '-c.expiry_notice_days'),
    evidence: { expiresAt: 'k.expires_at' },
    say: (e) => `It expires on ${dayWord(e.expiresAt)}.`,
  }),
  defineRule({
    id: 'admin-keys-too-many',
    rank: 230,
    title: 'Too many admin keys',
    severity: 'medium',
    certainty: 'certain',
    subject: 'connection',
    looksFor: 'Admin keys that are old, unused, expiring or too numerous',
    reads: 'Admin keys',
    remediation: 'Delete the keys without a known purpose; one key for each automation is enough.',
    actions: ['admin-keys'],
    controls: ['SOC 2 CC6.3', 'ISO 27001 A.8.2', 'NIST AC-6', 'CIS 5'],
    join: `JOIN (SELECT connection_id, count(*) AS keys FROM temp.f_key WHERE kind = 'admin' GROUP BY connection_id) a ON a.connection_id = c.id`,
    where: 'a.keys > c.max_admin_keys',
    evidence: { keys: 'a.keys', most: 'c.max_admin_keys' },
    say: (e) => `There are ${count(e.keys, 'admin key', 'admin keys')}; the policy allows ${e.most}.`,
  }),
]
