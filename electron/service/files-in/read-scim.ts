import { z } from 'zod'

import { emailKey } from '../../../shared/domain/email.ts'
import { FILE_LIMITS, limitText } from '../../../shared/domain/file-limits.ts'
import { looksSecret } from '../../../shared/domain/secrets/find-secrets.ts'
import {
  MAX_PERSONNEL_TEXT,
  type PersonnelEntry,
  type PersonnelRead,
  type PersonnelRefusal,
} from '../../../shared/domain/people/personnel.ts'
import { isContractorWord } from '../../../shared/domain/import/personnel-words.ts'
import { refuseFile, type FileRefusal } from './refusal.ts'

/** The enterprise extension of RFC 7643, section 4.3. */
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

const text = z
  .string()
  .max(MAX_PERSONNEL_TEXT)
  .nullish()
  .transform((value) => value?.trim() || null)

/** A user of RFC 7643, section 4.1: only the attributes about employment. Others are ignored. */
const user = z.object({
  id: text,
  externalId: text,
  userName: text,
  displayName: text,
  title: text,
  userType: text,
  active: z
    .union([z.boolean(), z.enum(['true', 'false', 'True', 'False'])])
    .nullish()
    .transform((value) => (value === null || value === undefined ? undefined : String(value).toLowerCase() === 'true')),
  name: z.object({ formatted: text, givenName: text, familyName: text }).partial().nullish(),
  emails: z
    .array(z.object({ value: text, primary: z.union([z.boolean(), z.string()]).nullish() }))
    .max(200)
    .nullish(),
  [ENTERPRISE]: z
    .object({
      employeeNumber: text,
      department: text,
      manager: z
        .union([z.string().max(MAX_PERSONNEL_TEXT), z.object({ value: text, displayName: text }).partial()])
        .nullish(),
    })
    .partial()
    .nullish(),
})

type Manager = NonNullable<z.output<typeof user>[typeof ENTERPRISE]>['manager']

const listed = z.object({ Resources: z.array(z.unknown()), totalResults: z.number().optional() })

export interface ScimRead extends PersonnelRead {
  readonly ok: true
  /** True if the server had more users than the file holds. */
  readonly isPart: boolean
}

/** Reads SCIM 2.0 JSON: a ListResponse, a list of users, or one user. The line of an entry is its place in the list. */
export function readScim(content: string): ScimRead | FileRefusal {
  let json: unknown
  try {
    json = JSON.parse(content)
  } catch {
    return refuseFile('The file is not valid JSON.', 'Save the answer of the SCIM server’s /Users as it is.')
  }
  const list = listed.safeParse(json)
  const one = typeof json === 'object' && json !== null && 'userName' in json
  const resources = list.success ? list.data.Resources : Array.isArray(json) ? (json as unknown[]) : one ? [json] : null
  if (resources === null) {
    return refuseFile('The file holds no list of SCIM users.', 'Save the answer of the SCIM server’s /Users as it is.')
  }
  if (resources.length === 0) return refuseFile('The list holds no user.', 'Ask the SCIM server for all users.')
  if (resources.length > FILE_LIMITS.rows) {
    return refuseFile(
      `The list has more than ${limitText(FILE_LIMITS.rows)} users; no more are read.`,
      'Split the file.',
    )
  }
  const entries: PersonnelEntry[] = []
  const refusals: PersonnelRefusal[] = []
  for (const [index, resource] of resources.entries()) {
    const read = toEntry(resource, index + 1)
    if ('detail' in read) refusals.push(read)
    else entries.push(read)
  }
  const isPart = list.success && (list.data.totalResults ?? 0) > resources.length
  return { ok: true, entries, refusals, isPart }
}

function toEntry(resource: unknown, line: number): PersonnelEntry | PersonnelRefusal {
  if (holdsSecret(resource)) {
    return {
      line,
      column: null,
      subject: '',
      detail:
        'The entry contains what looks like a complete secret key. It was not read. Revoke that key at the provider.',
    }
  }
  const read = user.safeParse(resource)
  if (!read.success) {
    const path = read.error.issues[0]?.path.join('.') ?? ''
    return { line, column: path || null, subject: '', detail: 'The attribute does not conform to SCIM 2.0.' }
  }
  const { data } = read
  const subject = data.userName ?? data.displayName ?? ''
  const emails = (data.emails ?? []).flatMap(({ value, primary }) => {
    const address = emailKey(value)
    return address === null ? [] : [{ address, isPrimary: String(primary).toLowerCase() === 'true' }]
  })
  const login = emailKey(data.userName)
  const email = emails.find(({ isPrimary }) => isPrimary)?.address ?? emails[0]?.address ?? login
  if (email === null) {
    return {
      line,
      column: 'emails',
      subject: subject.slice(0, 100),
      detail: 'The user has no e-mail address, by which people are identified.',
    }
  }
  const others = [...emails.map(({ address }) => address), ...(login === null ? [] : [login])]
  const enterprise = data[ENTERPRISE]
  const parts = [data.name?.givenName, data.name?.familyName].filter((part) => typeof part === 'string')
  return {
    line,
    email,
    aliases: [...new Set(others)].filter((address) => address !== email),
    name: data.displayName ?? data.name?.formatted ?? (parts.length === 0 ? null : parts.join(' ')),
    externalId: enterprise?.employeeNumber ?? data.externalId ?? data.id,
    status: data.active === undefined ? undefined : data.active ? 'employed' : 'departed',
    department: enterprise?.department ?? undefined,
    manager: findManager(enterprise?.manager),
    jobTitle: data.title ?? undefined,
    contractor: data.userType === null ? undefined : isContractorWord(data.userType),
    startsOn: undefined,
    endsOn: undefined,
  }
}

function findManager(manager: Manager): string | undefined {
  if (typeof manager === 'string') return manager
  return manager?.displayName ?? manager?.value ?? undefined
}

function holdsSecret(resource: unknown): boolean {
  try {
    return looksSecret(JSON.stringify(resource) ?? '')
  } catch {
    return false
  }
}
