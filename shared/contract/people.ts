import { z } from 'zod'

import { PERSONNEL_ACTIONS } from '../domain/people/plan-personnel.ts'
import { accessRow, principalKind } from './access.ts'
import {
  clientRef,
  connectionRef,
  day,
  id,
  instant,
  level,
  operation,
  scopeShape,
  readSlice,
  sliceShape,
  sortBy,
} from './common.ts'
import { EMPLOYMENT_STATES } from '../domain/people/employment.ts'
import { PERSONNEL_FORMATS } from '../domain/people/personnel.ts'
import { MATCH_REASONS } from '../domain/people/matching.ts'
import { findingMark } from './findings.ts'
import { columnMapping } from './files.ts'
import { keyRow } from './keys.ts'

/** `active`, `invited` (nothing but pending invites), `gone` (holds nothing now). An expired invite is no person. */
export const PERSON_STATUSES = ['active', 'invited', 'removed'] as const

export const personRow = z.object({
  personId: id,
  name: z.string(),
  email: z.string().nullable(),
  /** Clients in scope where this person holds anything. */
  clients: z.array(clientRef),
  connections: z.number().int(),
  /** Projects reached by any path. */
  projects: z.number().int(),
  /** Keys that stand in the person's name. */
  keys: z.number().int(),
  /** The strongest level held anywhere in scope, organization or project. */
  level,
  /** Whether an account of theirs administers something; an invite does not yet. */
  privileged: z.boolean(),
  status: z.enum(PERSON_STATUSES),
  lastUsedAt: instant.nullable(),
  lastReviewedOn: day.nullable(),
  /** Address outside every domain of the clients in scope and of the agency. */
  external: z.boolean(),
  /** Personnel says that they have gone, whatever they still hold. */
  departed: z.boolean(),
  /** What is open against their accounts, where a list or panel was asked for. */
  findings: findingMark.optional(),
})
export type PersonRow = z.infer<typeof personRow>

export const PEOPLE_SORTS = ['name', 'email', 'level', 'projects', 'keys', 'last-used', 'last-review'] as const

export const peopleFilter = z.object({
  ...scopeShape,
  search: z.string().max(200).optional(),
  connection: id.optional(),
  project: id.optional(),
  level: level.optional(),
  privileged: z.boolean().optional(),
  status: z.enum(PERSON_STATUSES).optional(),
  external: z.boolean().optional(),
  departed: z.boolean().optional(),
})

export const employment = z.object({
  status: z.enum(EMPLOYMENT_STATES),
  name: z.string(),
  /** The employee number. */
  externalId: z.string().nullable(),
  department: z.string().nullable(),
  manager: z.string().nullable(),
  jobTitle: z.string().nullable(),
  contractor: z.boolean(),
  startsOn: day.nullable(),
  /** The last day. */
  endsOn: day.nullable(),
  departed: z.boolean(),
  /** The file or system that says so, and when it did last say something new. */
  source: z.string(),
  reportedAt: instant,
  /** When a departure was first told; null while employed. */
  departureReportedAt: instant.nullable(),
})
export type EmploymentView = z.infer<typeof employment>

/** One of two people who may be the same. */
export const matchSide = z.object({
  row: personRow,
  addresses: z.array(z.string()),
  employment: employment.nullable(),
})

export const MATCH_STATES = ['open', 'rejected'] as const

export const matchRow = z.object({
  matchId: id,
  reason: z.enum(MATCH_REASONS),
  state: z.enum(MATCH_STATES),
  foundAt: instant,
  /** Null while nobody has decided. */
  decidedAt: instant.nullable(),
  decidedBy: z.string().nullable(),
  /** The one of them that holds more comes first. */
  sides: z.tuple([matchSide, matchSide]),
})
export type MatchRow = z.infer<typeof matchRow>

/** Somebody who was merged into a person and can be split off again. */
export const mergeRow = z.object({
  mergeId: id,
  name: z.string(),
  email: z.string().nullable(),
  mergedAt: instant,
  mergedBy: z.string(),
})

export const membershipRow = z.object({
  principalId: id,
  client: clientRef,
  connection: connectionRef,
  kind: principalKind,
  externalId: z.string(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  roleRaw: z.string().nullable(),
  level: level.nullable(),
  status: z.string(),
  addedAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  lastReviewedOn: day.nullable(),
  /** Set when it no longer stands. */
  removedAt: instant.nullable(),
})

export const personDetail = z.object({
  row: personRow,
  aliases: z.array(z.string()),
  /** One for each connection where the person is or was known. */
  memberships: z.array(membershipRow),
  access: z.array(accessRow),
  keys: z.array(keyRow),
  /** What personnel says; null where no file tells of them. */
  employment: employment.nullable(),
  /** Open proposals that somebody else is the same person. */
  matches: z.array(
    z.object({
      matchId: id,
      reason: z.enum(MATCH_REASONS),
      personId: id,
      name: z.string(),
      email: z.string().nullable(),
    }),
  ),
  /** Who was merged into this person, newest first. */
  merges: z.array(mergeRow),
})
export type PersonDetail = z.infer<typeof personDetail>

export const personnelRow = z.object({
  /** Line in the file, from 1; for SCIM the place in the list; 0 for who is missing from the file. */
  line: z.number().int(),
  /** The column, or the attribute, that keeps the row from being taken. */
  column: z.string().nullable(),
  action: z.enum(PERSONNEL_ACTIONS),
  subject: z.string(),
  /** What changes, who it might be, or why it is refused. */
  detail: z.string(),
})
export type PersonnelRow = z.infer<typeof personnelRow>

export const personnelPlan = z.object({
  format: z.enum(PERSONNEL_FORMATS),
  source: z.string(),
  encoding: z.string(),
  /** Null for SCIM, which has no columns. */
  delimiter: z.string().nullable(),
  columns: z.array(z.string()),
  mapping: columnMapping,
  counts: z.object({
    new: z.number().int(),
    update: z.number().int(),
    same: z.number().int(),
    /** New people who may be somebody that the register knows: they are kept apart and proposed. */
    doubtful: z.number().int(),
    /** People whom the last file of this source named and this one, which names everybody, does not. */
    depart: z.number().int(),
    refuse: z.number().int(),
  }),
  /** Whether who is missing is marked as departed: never while rows are refused. */
  departs: z.boolean(),
  /** People in the file who have gone and still hold access or keys. */
  leavers: z.number().int(),
  /** The first 1,000 rows, the most pressing first; `counts` has them all. */
  rows: z.array(personnelRow),
  notices: z.array(z.string()),
})
export type PersonnelPlan = z.infer<typeof personnelPlan>

const personnelInput = z.object({
  fileName: z.string().max(500),
  content: z.instanceof(Uint8Array),
  /** Left out: seen from the content. */
  format: z.enum(PERSONNEL_FORMATS).optional(),
  /** The name under which files of one origin follow each other; left out: that of the format. */
  source: z.string().trim().min(1).max(120).optional(),
  /** Column → field, for CSV. Left out: matched by the header. */
  mapping: columnMapping.optional(),
  /** The file names everybody of its source, so that who is missing is listed. */
  full: z.boolean().default(false),
  /** Whether those who are missing are marked as departed. */
  departMissing: z.boolean().default(false),
})

const matchesInput = z.object({ ...scopeShape, state: z.enum(MATCH_STATES).default('open'), ...sliceShape })

export const peopleContract = {
  list: operation
    .input(peopleFilter.extend({ sort: sortBy(PEOPLE_SORTS), ...sliceShape }))
    .output(readSlice(personRow)),
  get: operation.input(z.object({ personId: id, ...scopeShape })).output(personDetail),
  /** Records that a person's access in one connection was looked at on a day. */
  setReviewed: operation
    .input(z.object({ principalId: id, on: day.nullable() }))
    .output(z.object({ done: z.literal(true) })),
  /** A dry run: what a personnel file says that is new. Writes nothing. */
  planImport: operation.input(personnelInput).output(personnelPlan),
  /** Takes a personnel file in, in one transaction; refused rows are left out and listed. Written to the journal. */
  import: operation.input(personnelInput).output(personnelPlan),
  /** Pairs of people who may be the same, and those that somebody said are not. Within the scope: both of a pair. */
  matches: operation.input(matchesInput).output(readSlice(matchRow)),
  /** Looks through all people for such pairs, when there are new people since; a window does so by itself. */
  findMatches: operation.output(z.object({ found: z.number().int() })),
  /** Says that two people are not the same, or takes that back. Written to the journal. */
  decideMatch: operation
    .input(z.object({ matchId: id, state: z.enum(MATCH_STATES) }))
    .output(z.object({ done: z.literal(true) })),
  /** Makes two people one: who is kept takes over accounts, addresses and employment. Written to the journal. */
  merge: operation.input(z.object({ keep: id, other: id })).output(z.object({ mergeId: id })),
  /** Takes a merge back. Written to the journal. */
  split: operation.input(z.object({ mergeId: id })).output(z.object({ personId: id, name: z.string() })),
}
