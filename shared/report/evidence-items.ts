import type { ItemFacts, ReviewItem } from '../contract/reviews.ts'
import { daysBetween, getDay, type Day, addDays, computeStart } from '../domain/day.ts'
import { providerName } from '../domain/providers/providers.ts'
import { toKnownId } from '../domain/text/made-id.ts'
import { toDollars } from '../domain/text/money.ts'
import type { EvidenceRecord, EvidenceTable } from './evidence-records.ts'
import { said, saidOrNull } from '../domain/text/said.ts'
import { utcInstant } from '../domain/text/utc.ts'

export const ITEMS: EvidenceTable = {
  name: 'items',
  title: 'Items',
  about: 'The population, one row for each item, as it was when the review was opened. Nothing was filtered out.',
  fields: {
    item: 'Item',
    kind: 'Kind',
    subjectId: 'Subject ID',
    name: 'Name',
    email: 'E-mail',
    status: 'Status',
    employment: 'Employment',
    department: 'Department',
    manager: 'Manager',
    jobTitle: 'Job title',
    contractor: 'Contractor',
    employmentEnds: 'Employment ends',
    employmentSource: 'Employment source',
    provider: 'Provider',
    organization: 'Organization',
    connection: 'Connection',
    resource: 'Resource',
    resourceName: 'Resource name',
    resourceId: 'Resource ID',
    role: 'Role now',
    level: 'Level now',
    roleBefore: 'Role at last review',
    levelBefore: 'Level at last review',
    paths: 'Effective paths',
    privileged: 'Privileged',
    granted: 'Granted (UTC)',
    lastUse: 'Last used (UTC)',
    hint: 'Key hint',
    keyKind: 'Key kind',
    logicalKey: 'Logical key',
    created: 'Key created (UTC)',
    expires: 'Key expires (UTC)',
    lastRotated: 'Last rotated',
    rotationDue: 'Rotation due',
    daysOver: 'Days over',
    owner: 'Owner',
    ownerState: 'Owner state',
    environment: 'Environment',
    team: 'Team',
    purpose: 'Purpose',
    namedInFull: 'Environment, team and purpose known',
    contact: 'Contact',
    cost30Usd: '30-day cost (USD)',
    flagged: 'Flagged',
    findings: 'Findings',
  },
}

/** One item of the population. `opened` is the day of the opening, from which days over are counted. */
export function itemRecord(item: ReviewItem, opened: Day): EvidenceRecord {
  const { facts } = item
  return {
    item: item.position,
    kind: facts.key ? 'key' : (facts.principal?.kind ?? null),
    subjectId: toKnownId((facts.key ?? facts.principal)?.externalId ?? null),
    name: said(item.name),
    email: saidOrNull(facts.principal?.email),
    status: saidOrNull((facts.key ?? facts.principal)?.status),
    ...employmentFields(facts),
    provider: said(providerName(facts.connection.provider)),
    organization: saidOrNull(facts.connection.organizationId),
    connection: said(facts.connection.label),
    resource: facts.project ? 'project' : 'organization',
    resourceName: saidOrNull(facts.project?.name),
    resourceId: toKnownId(facts.project?.externalId ?? facts.connection.organizationId),
    role: saidOrNull(facts.roleNow?.raw),
    level: facts.roleNow?.level ?? null,
    roleBefore: saidOrNull(facts.roleBefore?.raw),
    levelBefore: facts.roleBefore?.level ?? null,
    paths: facts.paths.map(pathWord).join('; ') || null,
    privileged: facts.privileged,
    granted: utcInstant(facts.grantedAt),
    lastUse: lastUseWord(facts),
    ...keyFields(facts, opened),
    cost30Usd: facts.cost30Micros === null ? null : toDollars(facts.cost30Micros),
    flagged: item.flagged,
    findings:
      facts.findings.map(({ severity, title, says }) => said(`${severity}: ${title} (${says})`)).join('; ') || null,
  }
}

function employmentFields({ employment }: ItemFacts): EvidenceRecord {
  return {
    employment: saidOrNull(employment?.status),
    department: saidOrNull(employment?.department),
    manager: saidOrNull(employment?.manager),
    jobTitle: saidOrNull(employment?.jobTitle),
    contractor: employment?.contractor ?? null,
    employmentEnds: employment?.endsOn ?? null,
    employmentSource: saidOrNull(employment?.source),
  }
}

function keyFields({ key }: ItemFacts, opened: Day): EvidenceRecord {
  return {
    hint: saidOrNull(key?.hint),
    keyKind: key?.kind ?? null,
    logicalKey: key?.logicalKeyId ?? null,
    created: utcInstant(key?.createdAt ?? null),
    expires: key?.endState ?? utcInstant(key?.expiresAt ?? null),
    lastRotated: key?.lastRotatedOn ?? null,
    rotationDue: key?.dueOn ?? null,
    daysOver: key?.dueOn ? Math.max(0, daysBetween(key.dueOn, opened)) : null,
    owner: saidOrNull(key?.owner),
    ownerState: key?.ownerState ?? null,
    environment: saidOrNull(key?.environment),
    team: saidOrNull(key?.team),
    purpose: saidOrNull(key?.purpose),
    namedInFull: key ? key.environment !== null && key.team !== null && key.purpose !== null : null,
    contact: saidOrNull(key?.contact),
  }
}

export const DECISIONS: EvidenceTable = {
  name: 'decisions',
  title: 'Decisions',
  about: 'One row for each item, undecided ones too. A keep of a flagged item and an exception carry a justification.',
  fields: {
    item: 'Item',
    name: 'Name',
    subjectId: 'Subject ID',
    decision: 'Decision',
    to: 'Change to',
    why: 'Justification',
    until: 'Exception until',
    reviewer: 'Reviewer',
    authority: 'Authority',
    selfReview: 'Self-review',
    decidedAt: 'Decided (UTC)',
    batch: 'Batch',
    batchSize: 'Items in that batch',
  },
}

/** The decision about an item. `reviewer` is the reviewer's name in the policy; empty for none. */
export function decisionRecord(item: ReviewItem, reviewer: string): EvidenceRecord {
  const { record } = item
  return {
    item: item.position,
    name: said(item.name),
    subjectId: toKnownId((item.facts.key ?? item.facts.principal)?.externalId ?? null),
    decision: record?.decision ?? 'undecided',
    to: saidOrNull(record?.to),
    why: saidOrNull(record?.why),
    until: record?.until ?? null,
    reviewer: saidOrNull(record?.by),
    authority: record ? describeAuthority(record.by, reviewer) : null,
    selfReview: record?.selfReview ?? null,
    decidedAt: utcInstant(record?.at ?? null),
    batch: record?.batch ?? null,
    batchSize: record?.batchSize ?? null,
  }
}

function describeAuthority(by: string, reviewer: string): string {
  if (reviewer === '') return 'operator (the policy names no reviewer)'
  return by.toLowerCase() === reviewer.toLowerCase() ? 'reviewer by policy' : 'operator (not the reviewer by policy)'
}

export const CLOSURES: EvidenceTable = {
  name: 'closures',
  title: 'Closures',
  about: 'Every removal and change, and the sync that showed it done. What did not happen yet is pending.',
  fields: {
    item: 'Item',
    name: 'Name',
    subjectId: 'Subject ID',
    action: 'Action',
    decidedBy: 'Decided by',
    decidedAt: 'Decided (UTC)',
    state: 'State',
    sync: 'Shown by sync',
    doneAt: 'Shown (UTC)',
    hours: 'Hours from decision',
    hoursSinceDeparture: 'Hours from departure',
    verified: 'Verified by a sync',
    residual: 'Residual access',
  },
}

/** The result of a removal or a change; null for an item that asked for neither. */
export function closureRecord(item: ReviewItem): EvidenceRecord | null {
  const { record, closure, facts } = item
  if (record?.decision !== 'remove' && record?.decision !== 'change') return null
  return {
    item: item.position,
    name: said(item.name),
    subjectId: toKnownId((facts.key ?? facts.principal)?.externalId ?? null),
    action: record.decision === 'remove' ? 'remove' : `change to ${said(record.to ?? '?')}`,
    decidedBy: said(record.by),
    decidedAt: utcInstant(record.at),
    state: closure?.state ?? 'pending',
    sync: closure?.syncId ?? null,
    doneAt: utcInstant(closure?.at ?? null),
    hours: closure?.hours ?? null,
    hoursSinceDeparture: hoursSinceDeparture(item),
    verified: closure?.state === 'done',
    residual: closure?.residual.map(said).join('; ') || null,
  }
}

/**
 * From the end of the last day of employment (UTC) to the sync that verified the removal; null if either is unknown.
 */
function hoursSinceDeparture({ facts, closure }: ReviewItem): number | null {
  const ends = facts.employment?.endsOn ?? null
  const at = closure?.at ?? null
  if (ends === null || at === null) return null
  const hours = (at - computeStart(addDays(ends, 1))) / 3_600_000
  return hours < 0 ? null : Math.round(hours * 10) / 10
}

export function pathWord({ via, name, role }: ItemFacts['paths'][number]): string {
  const how = via === 'direct' ? 'direct' : `${via}${name === null ? '' : ` ${said(name)}`}`
  return `${how}: ${said(role.raw)} (${role.level})`
}

export function lastUseWord({ lastUse }: ItemFacts): string | null {
  if (lastUse.state === 'known') return utcInstant(lastUse.at)
  if (lastUse.state === 'before') return `before ${getDay(lastUse.at)}`
  return lastUse.state === 'never' ? 'never' : 'not reported'
}
