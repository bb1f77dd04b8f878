import type { SourceName } from './source.ts'

/** The lists of an organization that documents show. */
export const LISTS = [
  'users',
  'administrators',
  'service-accounts',
  'groups',
  'invitations',
  'keys',
  'admin-keys',
  'deposited-keys',
  'federation-rules',
  'certificates',
  'archived-projects',
  'provider-log',
] as const

export type ListName = (typeof LISTS)[number]

/** The sources of a list. */
export interface ListBasis {
  /** Each may have rows of it, so that the list is not read where none of them is. */
  readonly rows: readonly SourceName[]
  /** Without them, some of its rows are not known as such. */
  readonly beside: readonly SourceName[]
  /** The source in a file that a connection reads, which has fewer lists than an API. */
  readonly inFile: SourceName | null
  /** An imported file that may have rows of it. */
  readonly imported: readonly SourceName[]
}

const PEOPLE_FILES: readonly SourceName[] = ['register-file', 'people-file']

const BASES: Readonly<Record<ListName, ListBasis>> = {
  users: { rows: ['users'], beside: [], inFile: 'users', imported: PEOPLE_FILES },
  administrators: {
    rows: ['users'],
    beside: ['user-roles', 'roles', 'groups', 'group-users', 'group-roles', 'service-accounts'],
    inFile: 'users',
    imported: PEOPLE_FILES,
  },
  'service-accounts': {
    rows: ['service-accounts', 'project-service-accounts'],
    beside: ['projects'],
    inFile: 'users',
    imported: ['register-file', 'service-accounts-file'],
  },
  groups: { rows: ['groups'], beside: [], inFile: 'users', imported: [] },
  invitations: { rows: ['invites'], beside: [], inFile: 'users', imported: PEOPLE_FILES },
  keys: {
    rows: ['keys', 'project-keys'],
    beside: ['projects'],
    inFile: 'keys',
    imported: ['register-file', 'keys-file'],
  },
  'admin-keys': { rows: ['admin-keys'], beside: [], inFile: 'keys', imported: ['register-file', 'keys-file'] },
  'deposited-keys': { rows: ['deposited-keys'], beside: [], inFile: null, imported: [] },
  'federation-rules': { rows: ['federation-rules'], beside: ['identity-providers'], inFile: null, imported: [] },
  certificates: { rows: ['certificates', 'project-certificates'], beside: ['projects'], inFile: null, imported: [] },
  'archived-projects': { rows: ['projects'], beside: [], inFile: 'projects', imported: [] },
  'provider-log': { rows: ['audit-log'], beside: [], inFile: null, imported: [] },
}

export function findListBasis(list: ListName): ListBasis {
  return BASES[list]
}

const WORDS: Readonly<Record<ListName, string>> = {
  users: 'users',
  administrators: 'administrators',
  'service-accounts': 'service accounts',
  groups: 'groups',
  invitations: 'invitations',
  keys: 'keys',
  'admin-keys': 'admin keys',
  'deposited-keys': 'deposited keys of other vendors',
  'federation-rules': 'federation rules',
  certificates: 'certificates',
  'archived-projects': 'archived projects',
  'provider-log': 'a log of changes',
}

/** A list inside a sentence: `federation rules`. */
export function listWords(list: ListName): string {
  return WORDS[list]
}
