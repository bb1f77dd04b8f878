import { proposeName } from '../../../../shared/domain/convention-name.ts'
import { providerName } from '../../../../shared/domain/providers/providers.ts'
import { formatDay } from '../../../../shared/domain/text/dates.ts'
import { isPersonalKey, isWorkspaceKey } from '../../facts/key-holder.ts'
import { isNeverUsedSince, wasLastUsedBy } from '../../facts/unused.ts'
import { byWords, EVENT_ACTOR, lastOfEvents, RECENT_EVENTS } from '../kit/events.ts'
import {
  count,
  DAY,
  dayWord,
  defineRule,
  LAST_USE_EVIDENCE,
  lastUseWords,
  named,
  NO_DECOY,
  OWNER,
  type Rule,
} from '../kit/rule.ts'

/** Its secret was replaced on a day after that of its creation. */
const IS_ROTATED = `k.last_rotated_on > date(k.created_at / 1000, 'unixepoch')`
/** The end of that day, else the creation. */
const ISSUED = `iif(${IS_ROTATED}, unixepoch(k.last_rotated_on) * 1000 + ${DAY}, k.created_at)`

/** The event that ended the key of `e`; keys are never made twice. */
const ENDED = `event d ON d.connection_id = e.connection_id AND d.subject_x = e.subject_x AND d.at >= e.at
  AND d.act = 'removed' AND d.subject IN ('key', 'admin-key')`

/** Rules about keys of projects and workspaces, and their owners. */
export const KEYS_RULES: readonly Rule[] = [
  defineRule({
    id: 'decoy-used',
    rank: 15,
    title: 'Decoy used',
    severity: 'critical',
    certainty: 'certain',
    subject: 'key',
    looksFor: 'Use of a key that is marked as a decoy',
    reads: 'Marks of decoys; last use of keys, where the provider reports it',
    remediation:
      'Find out who reads the place where it was put. Rotate the real keys in that place, then delete this one and put out another decoy.',
    actions: ['key-disable', 'key-delete'],
    controls: ['SOC 2 CC7.2', 'ISO 27001 A.8.16', 'NIST SI-4', 'NIST SC-26'],
    where: `k.decoy_since IS NOT NULL AND k.last_use_state = 'known' AND k.last_use_inexact = 0 AND k.last_used_at > k.decoy_since`,
    evidence: { decoyAt: 'k.decoy_since', lastUsedAt: 'k.last_used_at' },
    say: (e) =>
      `It has been a decoy since ${dayWord(e.decoyAt)}, so that nothing should use it, and it was used on ${dayWord(e.lastUsedAt)}.`,
  }),
  defineRule({
    id: 'key-in-archived-project',
    rank: 70,
    title: 'Key in an archived project',
    severity: 'high',
    certainty: 'certain',
    subject: 'key',
    looksFor: 'Membership or a key in an archived or idle project',
    reads: 'Projects and their keys',
    remediation: 'Delete the key: archived projects are rarely monitored.',
    actions: ['key-delete', 'key-disable'],
    controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.18', 'NIST AC-2', 'PCI 7.2.5', 'CIS 5'],
    where: `k.project_status = 'archived'`,
    evidence: { project: 'k.project_name' },
    say: (e) => `Its project ${named(e.project, 'without a name')} is archived, but the key still exists.`,
  }),
  defineRule({
    id: 'rotation-overdue',
    rank: 80,
    title: 'Rotation overdue',
    severity: 'high',
    certainty: 'certain',
    subject: 'key',
    looksFor: 'Rotation that is overdue',
    reads: 'Due days of keys: policy, intervals, dates and expiry',
    remediation: 'Create a new key, deploy it, delete this one, and mark it as rotated.',
    actions: ['key-rotate', 'key-delete'],
    controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'NIST IA-5', 'PCI 8.6', 'CIS 5'],
    where: `k.kind <> 'admin' AND k.due_on < :today`,
    evidence: { dueOn: 'k.due_on', basis: 'k.due_basis' },
    say: (e) => `Its rotation was due on ${formatDay(String(e.dueOn))}.`,
  }),
  // Anthropic and OpenRouter report who created a key, but the key belongs to its workspace, not to a person.
  defineRule({
    id: 'personal-key-in-production',
    rank: 270,
    title: 'Personal key in production',
    severity: 'medium',
    certainty: 'likely',
    doubt: 'Production is read from names where no environment is set.',
    subject: 'key',
    looksFor: 'A personal key in production',
    reads: 'Owners and environment of keys',
    remediation:
      'Replace it with a service account key: when the person leaves, it stops working or stays in use unnoticed.',
    actions: ['key-rotate', 'key-delete'],
    controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'NIST IA-5', 'PCI 8.6', 'CIS 5'],
    where: `k.production = 1 AND k.owner_state = 'known' AND ${isPersonalKey('c.provider', 'k', 'NULL')}`,
    evidence: { owner: OWNER, project: 'k.project_name', environment: 'k.environment' },
    say: (e) =>
      `Its environment is production, and it belongs to a person, ${named(e.owner, 'whose name is unknown')}.`,
  }),
  defineRule({
    id: 'key-without-project',
    rank: 280,
    title: 'Key without a project',
    severity: 'medium',
    certainty: 'certain',
    subject: 'key',
    looksFor: 'A legacy user key, which does not belong to a project',
    reads: 'Kinds of keys',
    remediation: 'Replace it with a project key, which can be limited, measured and removed separately.',
    actions: ['key-rotate', 'key-delete'],
    controls: ['SOC 2 CC6.3', 'ISO 27001 A.8.3', 'NIST AC-6', 'PCI 7.2.5', 'CIS 6'],
    where: `k.kind = 'organization'`,
    evidence: { ownerKind: 'k.owner_kind' },
    say: () => 'It does not belong to a project and reaches everything in the organization.',
  }),
  defineRule({
    id: 'key-never-used',
    rank: 290,
    title: 'Key never used',
    severity: 'medium',
    certainty: 'certain',
    subject: 'key',
    looksFor: 'An unused key: flagged, due for removal, or never used',
    reads: 'Last use and creation of keys, where the provider reports them',
    remediation: 'Delete it. If it is kept for emergencies, record that in its notes and accept the risk until a date.',
    actions: ['key-delete', 'key-disable'],
    controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.18', 'NIST AC-2', 'PCI 7.2.5', 'CIS 5'],
    where: `k.kind <> 'admin' AND ${NO_DECOY} AND ${isNeverUsedSince(`:now - c.never_used_days * ${DAY}`)}`,
    evidence: { createdAt: 'k.created_at', neverDays: 'c.never_used_days' },
    say: (e) =>
      `Created on ${dayWord(e.createdAt)} and never used; the policy allows ${count(e.neverDays, 'day', 'days')}.`,
  }),
  defineRule({
    id: 'key-unused-remove',
    rank: 300,
    title: 'Unused key due for removal',
    severity: 'medium',
    certainty: 'certain',
    subject: 'key',
    looksFor: 'An unused key: flagged, due for removal, or never used',
    reads: 'Last use of keys, where the provider reports it',
    remediation: 'Inform its owner and delete the key: it has not been used for as long as the policy allows.',
    actions: ['key-delete', 'key-disable'],
    controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.18', 'NIST AC-2', 'PCI 7.2.5', 'CIS 5'],
    where: `k.kind <> 'admin' AND ${NO_DECOY} AND ${wasLastUsedBy(`:now - c.unused_remove_days * ${DAY}`)}`,
    evidence: { ...LAST_USE_EVIDENCE, removeDays: 'c.unused_remove_days' },
    say: (e, { now }) =>
      `${lastUseWords(e, now)}; the policy requires removal after ${count(e.removeDays, 'day', 'days')} without use.`,
  }),
  // A gateway calls other vendors with credentials that are deposited there; no list of those vendors shows the copy.
  defineRule({
    id: 'key-deposited',
    rank: 310,
    title: 'Deposited key of another vendor',
    severity: 'low',
    certainty: 'certain',
    subject: 'key',
    looksFor: 'A key of another vendor that is deposited at a gateway',
    reads: 'Deposited keys (OpenRouter, LiteLLM)',
    remediation: 'Record a contact for it, and replace it here whenever it is rotated at its vendor.',
    actions: ['key-rotate', 'key-disable', 'key-delete'],
    controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'NIST IA-5', 'PCI 8.6', 'CIS 5'],
    where: 'k.vendor IS NOT NULL',
    evidence: { vendor: 'k.vendor', project: 'k.project_name' },
    say: (e) =>
      `It is a copy of a key of ${providerName(String(e.vendor))}, used ${e.project === null ? 'in every workspace' : `in ${String(e.project)}`}. A rotation there does not change this copy.`,
  }),
  defineRule({
    id: 'key-expiry-past-ceiling',
    rank: 320,
    title: 'Key expires later than the maximum interval',
    severity: 'medium',
    certainty: 'certain',
    subject: 'key',
    looksFor: 'Expiry later than the maximum interval, or missing on production keys',
    reads: 'Creation and expiry of keys',
    remediation:
      'Replace it with a key that expires within the maximum interval, or set an earlier expiry at the provider.',
    actions: ['key-rotate', 'key-delete'],
    controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'NIST IA-5', 'PCI 8.6'],
    where: `k.expires_at > ${ISSUED} + c.ceiling_days * ${DAY}`,
    evidence: {
      createdAt: 'k.created_at',
      rotatedOn: `iif(${IS_ROTATED}, k.last_rotated_on, NULL)`,
      expiresAt: 'k.expires_at',
      ceilingDays: 'c.ceiling_days',
    },
    say: (e) =>
      `${e.rotatedOn === null ? `Created on ${dayWord(e.createdAt)}` : `Rotated on ${formatDay(String(e.rotatedOn))}`}, it expires on ${dayWord(e.expiresAt)}: later than the maximum interval of ${count(e.ceilingDays, 'day', 'days')}.`,
  }),
  defineRule({
    id: 'key-between-syncs',
    rank: 400,
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
  }),
  defineRule({
    id: 'key-unused',
    rank: 520,
    title: 'Unused key',
    severity: 'low',
    certainty: 'likely',
    doubt: 'It may be needed rarely; only the longer time of the policy requires its removal.',
    subject: 'key',
    looksFor: 'An unused key: flagged, due for removal, or never used',
    reads: 'Last use of keys, where the provider reports it',
    remediation: 'Ask its owner whether it is still needed.',
    actions: ['key-disable', 'key-delete'],
    controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.18', 'NIST AC-2', 'PCI 7.2.5', 'CIS 5'],
    where: `k.kind <> 'admin' AND ${NO_DECOY} AND ${wasLastUsedBy(`:now - c.unused_flag_days * ${DAY}`)}
      AND k.last_used_at > :now - c.unused_remove_days * ${DAY}`,
    evidence: { ...LAST_USE_EVIDENCE, flagDays: 'c.unused_flag_days' },
    say: (e, { now }) =>
      `${lastUseWords(e, now)}; the policy flags keys after ${count(e.flagDays, 'day', 'days')} without use.`,
  }),
  defineRule({
    id: 'key-production-no-expiry',
    rank: 540,
    title: 'Production key without expiry',
    severity: 'low',
    certainty: 'certain',
    subject: 'key',
    looksFor: 'Expiry later than the maximum interval, or missing on production keys',
    reads: 'Expiry and environment of keys',
    remediation: 'Set an expiry at the next rotation.',
    actions: ['key-rotate'],
    controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'NIST IA-5', 'PCI 8.6'],
    where: `c.production_keys_expire = 1 AND k.production = 1 AND k.expires_at IS NULL AND k.ends_unknown = 0 AND k.kind <> 'admin'`,
    evidence: { environment: 'k.environment', project: 'k.project_name' },
    say: () => 'Its environment is production, and it never expires; the policy requires production keys to expire.',
  }),
  defineRule({
    id: 'key-name-off-convention',
    rank: 550,
    title: 'Key name does not follow the convention',
    severity: 'low',
    certainty: 'opinion',
    doubt: 'A convention is a choice, and the default one is an example.',
    subject: 'key',
    looksFor: 'A key name that does not follow the convention, with the name it should have',
    reads: 'Names of keys and the pattern of the policy',
    remediation: 'Rename it to the proposed name, or use that name at the next rotation.',
    actions: ['key-rename'],
    controls: ['ISO 27001 A.5.15', 'NIST IA-5', 'CIS 5'],
    where: `k.follows_pattern = 0 AND k.kind <> 'admin'`,
    evidence: {
      pattern: 'c.key_name_pattern',
      name: 'k.name',
      project: 'k.project_name',
      environment: 'k.environment',
      team: 'k.team',
      purpose: 'k.purpose',
    },
    say: (e) => {
      const { name, unknown } = proposeName(e)
      if (name !== null) return `The name does not follow ${e.pattern}. It should be “${name}”.`
      return `The name does not follow ${e.pattern}. No name is proposed${unknown.length === 0 ? '' : `: its ${unknown.join(' and ')} ${unknown.length === 1 ? 'is' : 'are'} unknown`}.`
    },
  }),
  defineRule({
    id: 'last-use-not-reported',
    rank: 720,
    title: 'Key use not reported',
    severity: 'info',
    certainty: 'opinion',
    doubt: 'Nothing is wrong: it shows a limit of what can be known.',
    subject: 'connection',
    looksFor: 'Use that is not reported, so that no conclusion is possible',
    reads: 'Last use of keys',
    remediation: 'Ask the owners of these keys: the provider’s data does not show whether they are used.',
    actions: [],
    controls: ['NIST AC-2', 'CIS 5'],
    join: `JOIN (SELECT connection_id, count(*) AS keys FROM temp.f_key WHERE last_use_state = 'not-reported' GROUP BY connection_id) a ON a.connection_id = c.id`,
    where: 'a.keys > 0',
    evidence: { keys: 'a.keys' },
    say: (e) =>
      `The provider does not report when ${count(e.keys, 'key was', 'keys were')} last used, so unused keys cannot be found.`,
  }),
  defineRule({
    id: 'key-owner-gone',
    rank: 40,
    title: 'Key whose owner has left',
    severity: 'high',
    certainty: 'certain',
    subject: 'key',
    looksFor: 'A key whose owner has no access to its project',
    reads: 'Key owners; people and service accounts of the organization',
    remediation: 'Find out what uses the key, deploy a new service account key in its place, and delete this one.',
    actions: ['key-rotate', 'key-disable', 'key-delete'],
    controls: ['SOC 2 CC6.2', 'ISO 27001 A.5.17', 'ISO 27001 A.5.18', 'NIST AC-2', 'NIST IA-5', 'PCI 8.6', 'CIS 5'],
    where: `k.owner_left = 1 AND k.unowned = 1 AND ${NO_DECOY}`,
    evidence: { owner: OWNER, ownerKind: 'k.owner_kind', project: 'k.project_name' },
    say: (e) =>
      `Its owner ${named(e.owner, 'without a name')} is no longer in the organization, but the key still works.`,
  }),
  defineRule({
    id: 'key-owner-without-project',
    rank: 50,
    title: 'Key whose owner has lost access to its project',
    severity: 'high',
    certainty: 'certain',
    subject: 'key',
    looksFor: 'A key whose owner has no access to its project',
    reads: 'The owner’s access to the key’s project, as the provider reports it (OpenAI)',
    remediation:
      'Ask whether the key is still needed. If so, replace it with a key of a project member; otherwise delete it.',
    actions: ['key-delete', 'key-disable', 'key-rotate'],
    controls: ['SOC 2 CC6.3', 'ISO 27001 A.5.18', 'ISO 27001 A.8.3', 'NIST AC-2', 'NIST AC-6', 'PCI 7.2.5', 'CIS 6'],
    where: `k.owner_access = 'inactive' AND k.owner_left = 0 AND ${NO_DECOY}`,
    evidence: { owner: OWNER, project: 'k.project_name' },
    say: (e) =>
      `Its owner ${named(e.owner, 'without a name')} no longer has access to the project ${named(e.project, 'of the key')}, but the key still does.`,
  }),
  defineRule({
    id: 'key-owner-none',
    rank: 60,
    title: 'Key without an owner',
    severity: 'high',
    certainty: 'certain',
    subject: 'key',
    looksFor: 'A key without an owner, as distinct from a key whose creator is unknown',
    reads: 'Key owners',
    remediation: 'Find out what uses the key, record a contact for it, and replace it with a service account key.',
    actions: ['key-rotate', 'key-disable', 'key-delete'],
    controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'NIST AC-2', 'NIST IA-5', 'PCI 8.6', 'CIS 5'],
    where: `k.owner_state = 'none' AND k.kind <> 'admin' AND ${NO_DECOY}`,
    evidence: { project: 'k.project_name', owner: OWNER, ofWorkspace: isWorkspaceKey('c.provider', 'k', 'NULL') },
    say: (e) => {
      const owner = named(e.owner, '')
      if (e.ofWorkspace === 1) return `It belongs to its workspace, and its creator${owner && ` ${owner}`} has left.`
      if (owner !== '') return `The provider reports ${owner} as its owner, and no list of the provider contains them.`
      return e.project === null
        ? 'The provider reports neither an owner nor a project.'
        : `The provider reports no owner: it belongs to the project ${named(e.project, 'without a name')}.`
    },
  }),
  // Anthropic may omit the creator of a key. Unknown is not the same as no owner.
  defineRule({
    id: 'key-creator-unknown',
    rank: 530,
    title: 'Key whose creator is unknown',
    severity: 'low',
    certainty: 'likely',
    doubt: 'It may have an owner whom the provider does not report.',
    subject: 'key',
    looksFor: 'A key without an owner, as distinct from a key whose creator is unknown',
    reads: 'Key owners',
    remediation: 'Find out who uses the key and record a contact for it.',
    actions: ['key-rotate'],
    controls: ['SOC 2 CC6.1', 'ISO 27001 A.5.17', 'NIST IA-5', 'CIS 5'],
    where: `k.owner_state = 'unknown' AND ${NO_DECOY}`,
    evidence: { project: 'k.project_name', contact: 'k.contact' },
    say: (e) =>
      `The provider does not report who created it${e.contact === null || e.contact === '' ? ', and no contact is recorded' : ''}. It may still have an owner.`,
  }),
]
