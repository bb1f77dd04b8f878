import { formatDay } from '../../../../shared/domain/text/dates.ts'
import { byWords, EVENT_ACTOR, lastOfEvents, RECENT_EVENTS } from '../kit/events.ts'
import { count, DAY, dayWord, defineRule, dueAfter, dueOn, named, type Rule, seenAt } from '../kit/rule.ts'

/** No allow list was made or turned on afterwards. */
const NO_LIST_SINCE = `NOT EXISTS (SELECT 1 FROM event l WHERE l.connection_id = e.connection_id AND l.at > e.at
  AND l.subject = 'network' AND l.act IN ('created', 'enabled'))`

/** It was not turned on or set up again afterwards. */
const STILL_OFF = `NOT EXISTS (SELECT 1 FROM event l WHERE l.connection_id = e.connection_id AND l.at > e.at
  AND l.subject = e.subject AND l.act IN ('created', 'enabled'))`

/** Rules about an organization as a whole: its reviews, settings, certificates, log and syncs. */
export const CONNECTIONS_RULES: readonly Rule[] = [
  defineRule({
    id: 'review-overdue',
    rank: 90,
    title: 'Review overdue',
    severity: 'high',
    certainty: 'certain',
    subject: 'connection',
    looksFor: 'A review that is overdue',
    reads: 'The client’s reviews and review policy; leavers from HR files',
    remediation: 'Open the review, decide every item, and sign it.',
    actions: [],
    controls: ['NIS2 11.2.3', 'SOC 2 CC6.2', 'SOC 2 CC6.3', 'ISO 27001 A.5.18', 'NIST AC-2', 'PCI 7.2.4', 'CIS 5'],
    join: `JOIN (SELECT connection_id, group_concat(title, ', ' ORDER BY due_on, title) AS titles, min(due_on) AS due_on
      FROM temp.f_review f WHERE due_on < :today GROUP BY connection_id) a ON a.connection_id = c.id`,
    where: 'a.due_on < :today',
    due: dueOn('a.due_on'),
    evidence: { reviews: 'a.titles', dueOn: 'a.due_on' },
    say: (e) => `Overdue since ${formatDay(String(e.dueOn))}: ${e.reviews}.`,
  }),
  defineRule({
    id: 'allow-list-removed',
    rank: 190,
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
      `e.subject = 'network' AND e.act IN ('removed', 'disabled') AND ${NO_LIST_SINCE}`,
    ),
    where: 'true',
    due: seenAt('a.at'),
    evidence: { actor: 'a.actor', lastAt: 'a.at' },
    say: (e) =>
      `The list of addresses that may use the API was removed or turned off on ${dayWord(e.lastAt)}, ${byWords(e.actor)}.`,
  }),
  defineRule({
    id: 'sign-on-off',
    rank: 200,
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
    due: seenAt('a.at'),
    evidence: { what: 'a.what', actor: 'a.actor', lastAt: 'a.at' },
    say: (e) =>
      `${e.what === 'sign-on' ? 'Single sign-on' : 'Provisioning of accounts by a directory (SCIM)'} was turned off on ${dayWord(e.lastAt)}, ${byWords(e.actor)}.`,
  }),
  defineRule({
    id: 'certificate-expiring',
    rank: 220,
    title: 'Certificate about to expire',
    severity: 'medium',
    certainty: 'certain',
    subject: 'connection',
    looksFor: 'A certificate that opens the API and is about to expire, or has expired',
    reads: 'Certificates that are active in the organization or in a project',
    remediation: 'Upload and activate a new certificate, move its programs to it, and deactivate this one.',
    actions: [],
    controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'ISO 27001 A.8.24', 'NIST IA-5'],
    join: `JOIN (SELECT s.connection_id, count(*) AS certificates, min(s.expires_at) AS expires_at FROM temp.f_certificate s
        CROSS JOIN temp.f_connection f ON f.id = s.connection_id
      WHERE s.expires_at <= :now + f.expiry_notice_days * ${DAY} GROUP BY s.connection_id) a ON a.connection_id = c.id`,
    where: 'true',
    due: dueAfter('a.expires_at', '-c.expiry_notice_days'),
    evidence: {
      certificates: 'a.certificates',
      expiresAt: 'a.expires_at',
      certificate:
        '(SELECT min(s.name) FROM temp.f_certificate s WHERE s.connection_id = c.id AND s.expires_at = a.expires_at)',
    },
    say: (e, { now }) => {
      const expires = Number(e.expiresAt) <= now ? 'expired' : 'expires'
      return `${named(e.certificate, 'A certificate')} ${expires} on ${dayWord(e.expiresAt)}${
        Number(e.certificates) > 1
          ? `; ${count(Number(e.certificates) - 1, 'other is', 'others are')} near their end too`
          : ''
      }.`
    },
  }),
  defineRule({
    id: 'sync-stale',
    rank: 510,
    title: 'Connection not synced recently',
    severity: 'medium',
    certainty: 'certain',
    subject: 'connection',
    looksFor: 'A connection that was not synced recently',
    reads: 'Syncs',
    remediation: 'Sync the connection; check its credential if that fails.',
    actions: [],
    controls: ['SOC 2 CC6.2', 'ISO 27001 A.5.18', 'NIST AC-2'],
    where: `ifnull(c.synced_at, c.created_at) <= :now - c.stale_sync_days * ${DAY}`,
    due: dueAfter('ifnull(c.synced_at, c.created_at)', 'c.stale_sync_days'),
    evidence: { lastSyncAt: 'c.synced_at', days: 'c.stale_sync_days' },
    say: (e) =>
      e.lastSyncAt === null
        ? `It was never synced; the policy requires a sync every ${count(e.days, 'day', 'days')}.`
        : `It was last synced on ${dayWord(e.lastSyncAt)}; the policy requires a sync every ${count(e.days, 'day', 'days')}.`,
  }),
  defineRule({
    id: 'provider-log-unread',
    rank: 710,
    title: 'Provider log off or not readable',
    severity: 'low',
    certainty: 'certain',
    subject: 'connection',
    looksFor: 'What a provider’s own log shows: changes outside the register, and whether it can be read',
    reads: 'The last sync’s reading of the provider log, and its gaps',
    remediation:
      'Turn on the log in the settings of the organization, or use a credential that may read it: without it, no record shows who changed access.',
    actions: [],
    controls: ['SOC 2 CC7.2', 'ISO 27001 A.8.15', 'NIST AU-2', 'PCI 10.2.1'],
    join: "JOIN sync_source s ON s.sync_id = c.sync_id AND s.source = 'audit-log'",
    where: "s.state <> 'complete'",
    evidence: { state: 's.state', reason: 's.reason' },
    say: (e) => (e.reason === null ? 'The log of the provider could not be read.' : String(e.reason)),
  }),
]
