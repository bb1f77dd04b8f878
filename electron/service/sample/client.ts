import { z } from 'zod'

import { CLIENT_KINDS } from '../../../shared/domain/client.ts'
import { computeStart, type Day, DAY_MS } from '../../../shared/domain/day.ts'
import { EMPLOYMENT_STATES } from '../../../shared/domain/people/employment.ts'
import { PROVIDER_IDS } from '../../../shared/domain/providers/providers.ts'
import { ROTATION_TRIGGERS } from '../../../shared/domain/rotation.ts'
import { SOURCES } from '../../../shared/domain/source.ts'
import { fileSchema } from '../../providers/file/schema.ts'

const instant = z.iso.datetime()
const text = z.string()

/** The notes of people about a key. */
const note = z.strictObject({
  key: text,
  contact: text.optional(),
  /** Used where the name does not show it. */
  environment: text.optional(),
  purpose: text.optional(),
  intervalDays: z.int().optional(),
  dueOn: instant.optional(),
  notes: text.optional(),
  rotated: z.strictObject({ on: instant, trigger: z.enum(ROTATION_TRIGGERS), note: text }).optional(),
})

/** One connection: the facts of its provider in the form of a file of the provider `file`, and facts that such a file cannot contain. */
const organization = z.strictObject({
  provider: z.literal(PROVIDER_IDS),
  label: text,
  /** The days of the syncs, earliest first. */
  syncs: instant.array().default([]),
  /** The last sync, which the provider refused as a whole. */
  rejected: z.strictObject({ on: instant, reason: text }).optional(),
  /** Lists that the provider refused in the last sync. */
  denied: z
    .strictObject({ source: z.enum(SOURCES), reason: text })
    .array()
    .default([]),
  /** The facts of the last sync; left out where nothing was ever read. */
  now: fileSchema.optional(),
  /** Rows of the first sync that have changed or were removed since. */
  before: fileSchema.pick({ principals: true, grants: true, keys: true, limits: true }).default({}),
  /** Rules by which workloads of GitHub Actions act as a service account without a key. */
  federation: z
    .strictObject({ id: text, name: text, account: text, subject: text, createdAt: instant })
    .array()
    .default([]),
  certificates: z.strictObject({ id: text, name: text, createdAt: instant, expiresAt: instant }).array().default([]),
  notes: note.array().default([]),
  /** Whose access was reviewed on a day. */
  reviewed: z.strictObject({ on: instant, principals: text.array() }).array().default([]),
  /** The cost of a usual month, in dollars. */
  monthlyUsd: z.number().optional(),
  /** True if the client's own programs record what they use. */
  keepsRecords: z.boolean().default(false),
})

/** An HR record that the person's roles do not suggest. It has a name where the person has no role. */
const personnel = z.strictObject({
  email: text,
  name: text.exactOptional(),
  status: z.enum(EMPLOYMENT_STATES).exactOptional(),
  department: text.exactOptional(),
  jobTitle: text.exactOptional(),
  contractor: z.boolean().exactOptional(),
  endsOn: instant.exactOptional(),
})

const client = z.strictObject({
  name: text,
  slug: text,
  kind: z.enum(CLIENT_KINDS),
  colour: text,
  domains: text.array(),
  notes: text,
  /** Its overrides of the agency's policy. */
  policy: z
    .strictObject({ maxAdminKeys: z.int().exactOptional(), maxPrivileged: z.int().exactOptional() })
    .exactOptional(),
  organizations: organization.array(),
  personnel: personnel.array().default([]),
})

export type ClientDescription = z.output<typeof client>
export type OrganizationDescription = z.output<typeof organization>
export type FileContent = NonNullable<OrganizationDescription['now']>

/** A client of the sample by its description, whose days are relative to `today`. */
export function readClient(description: unknown, today: Day): ClientDescription {
  return client.parse(setDates(description, today))
}

const RELATIVE = /^[-+]\d{1,4}d$/u
const MINUTE_MS = 60_000

/**
 * Puts instants where a description has days before or after today: `-34d` is 34 days ago, `+9d` in nine days, in the morning
 * before noon UTC, so that nothing of yesterday is in the future in any time zone.
 */
function setDates(value: unknown, today: Day): unknown {
  if (Array.isArray(value)) return value.map((each) => setDates(each, today))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, setDates(each, today)]))
  }
  if (typeof value !== 'string' || !RELATIVE.test(value)) return value
  const days = Number.parseInt(value, 10)
  const minutes = 6 * 60 + ((Math.abs(days) * 37) % 180)
  return new Date(computeStart(today) + days * DAY_MS + minutes * MINUTE_MS).toISOString()
}
