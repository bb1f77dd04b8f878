import { z } from 'zod'

import { PERSONNEL_ACTIONS } from '../domain/import/plan-personnel.ts'
import { accessRow, principalKind } from './access.ts'
import { PEOPLE, personRow } from '../nouns/people.ts'
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
  defineList,
} from './common.ts'
import { EMPLOYMENT_STATES } from '../domain/people/employment.ts'
import { PERSONNEL_FORMATS } from '../domain/people/personnel.ts'
import { MATCH_REASONS } from '../domain/people/matching.ts'
import { columnMapping } from './files.ts'
import { keyRow } from './keys.ts'

export { PERSON_STATUSES } from '../nouns/people.ts'
export type { PersonRow } from '../nouns/people.ts'

/** A person decided that someone leaves: the last day, why, who decided it and when. */
export const departureMark = z.object({ on: day, reason: z.string(), by: z.string(), at: instant })
export type DepartureMark = z.infer<typeof departureMark>

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
  /** The file or system that reports it, and when it last reported something new. */
  source: z.string(),
  reportedAt: instant,
  /** When a departure was first reported; null while employed. */
  departureReportedAt: instant.nullable(),
  /** Set while someone marked them as leaving manually; the source is then that person, not HR. */
  mark: departureMark.nullable(),
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
  /** Null until a person decides. */
  decidedAt: instant.nullable(),
  decidedBy: z.string().nullable(),
  /** The one of them that holds more comes first. */
  sides: z.tuple([matchSide, matchSide]),
})
export type MatchRow = z.infer<typeof matchRow>

/** A person who was merged into another and can be split off again. */
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
  /** True if a directory of the customer manages it (SCIM); null where the provider does not report that it does. */
  provisioned: z.boolean().nullable(),
  addedAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  /** The newest use that is known where the provider reports only some, so that it may have been used later. */
  knownUseAt: instant.nullable(),
  lastReviewedOn: day.nullable(),
  /** Set when it was removed. */
  removedAt: instant.nullable(),
})

export const personDetail = z.object({
  row: personRow,
  aliases: z.array(z.string()),
  /** One for each connection where the person is or was known. */
  memberships: z.array(membershipRow),
  access: z.array(accessRow),
  keys: z.array(keyRow),
  /** The report of HR; null if no file names the person. */
  employment: employment.nullable(),
  /** Open proposals that another person is the same one. */
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
  /** Line in the file, from 1; for SCIM the position in the list; 0 for a person who is missing from the file. */
  line: z.number().int(),
  /** The column, or the attribute, that causes the rejection. */
  column: z.string().nullable(),
  action: z.enum(PERSONNEL_ACTIONS),
  subject: z.string(),
  /** The change, the possible person, or why it is rejected. */
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
    /** New people who are possible duplicates of known people: they are kept separate and proposed. */
    doubtful: z.number().int(),
    /** People whom the last file of this source named and this one, a complete file, does not. */
    depart: z.number().int(),
    refuse: z.number().int(),
  }),
  /** True if people missing from the file are marked as leavers: never while rows are rejected. */
  departs: z.boolean(),
  /** People in the file who have left and still hold access or keys. */
  leavers: z.number().int(),
  /** The first 1,000 rows, the most pressing first; `counts` has them all. */
  rows: z.array(personnelRow),
  notices: z.array(z.string()),
})
export type PersonnelPlan = z.infer<typeof personnelPlan>

const personnelInput = z.object({
  fileName: z.string().max(500),
  content: z.instanceof(Uint8Array),
  /** Left out: detected from the content. */
  format: z.enum(PERSONNEL_FORMATS).optional(),
  /** The name that identifies files of the same origin; left out: that of the format. */
  source: z.string().trim().min(1).max(120).optional(),
  /** Column → field, for CSV. Left out: matched by the header. */
  mapping: columnMapping.optional(),
  /** The file names all people of its source, so that missing people are listed. */
  full: z.boolean().default(false),
  /** True if people missing from the file are marked as leavers. */
  departMissing: z.boolean().default(false),
})

const matchesInput = z.object({ ...scopeShape, state: z.enum(MATCH_STATES).default('open'), ...sliceShape })

export const peopleContract = {
  list: defineList(PEOPLE),
  get: operation.input(z.object({ personId: id, ...scopeShape })).output(personDetail),
  /** Records the day on which a person's access in one connection was reviewed. */
  setReviewed: operation
    .input(z.object({ principalId: id, on: day.nullable() }))
    .output(z.object({ done: z.literal(true) })),
  /**
   * Marks someone as leaving, with their last day and the reason; today or an earlier day makes them a leaver now, by
   * the same rules as an HR file. A mark that exists is replaced. CONFLICT when HR reports a departure already. An HR
   * file that reports the departure replaces the mark; one that reports them as employed does not. Written to the
   * journal.
   */
  markLeaving: operation
    .input(z.object({ personId: id, on: day, reason: z.string().trim().min(1).max(2000) }))
    .output(employment),
  /** Removes such a mark: what HR reported before holds again. CONFLICT without one. Written to the journal. */
  unmarkLeaving: operation.input(z.object({ personId: id })).output(z.object({ employment: employment.nullable() })),
  /** A dry run: what is new in an HR file. Writes nothing. */
  planImport: operation.input(personnelInput).output(personnelPlan),
  /** Imports an HR file, in one transaction; rejected rows are left out and listed. Written to the journal. */
  import: operation.input(personnelInput).output(personnelPlan),
  /** Pairs of people who may be the same, and those that a person decided are not. Within the scope: both of a pair. */
  matches: operation.input(matchesInput).output(readSlice(matchRow)),
  /** Looks through all people for such pairs, if there are new people since; a window does so by itself. */
  findMatches: operation.output(z.object({ found: z.number().int() })),
  /** Records that two people are not the same, or undoes that. Written to the journal. */
  decideMatch: operation
    .input(z.object({ matchId: id, state: z.enum(MATCH_STATES) }))
    .output(z.object({ done: z.literal(true) })),
  /** Merges two people: the one that is kept takes over accounts, addresses and employment. Written to the journal. */
  merge: operation.input(z.object({ keep: id, other: id })).output(z.object({ mergeId: id })),
  /** Undoes a merge. Written to the journal. */
  split: operation.input(z.object({ mergeId: id })).output(z.object({ personId: id, name: z.string() })),
}
