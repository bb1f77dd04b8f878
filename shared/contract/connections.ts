import { z } from 'zod'

import { baseUrlProblem, canonicalBaseUrl } from '../domain/base-url.ts'
import { PROVIDER_IDS } from '../domain/providers/providers.ts'
import {
  SYNC_STATES,
  SYNC_ORIGINS,
  CREDENTIAL_STATES,
  CONNECTION_ACCESS,
  CAPABILITY_STATES,
} from '../domain/connection.ts'
import { CONNECTION_FAULTS, CREDENTIAL_CHECKS } from '../domain/connection-fault.ts'
import { SOURCE_STATES, SOURCES } from '../domain/source.ts'
import { clientRef, filePath, id, instant, operation, scopeShape, secretText } from './common.ts'

export const providerId = z.enum(PROVIDER_IDS)

/**
 * `stored`: in the keychain. `session`: in memory until the application closes, where no keychain is available.
 * `not-needed`: the connection reads a file.
 */
export const credentialState = z.enum(CREDENTIAL_STATES)

export const capability = z.object({
  source: z.enum(SOURCES),
  state: z.enum(CAPABILITY_STATES),
  reason: z.string().nullable(),
})

export const exclusion = z.object({ count: z.number().int(), reason: z.string() })

/** One source of one sync, added up over its projects. */
export const sourceSummary = z.object({
  source: z.enum(SOURCES),
  state: z.enum(SOURCE_STATES),
  expected: z.number().int().nullable(),
  fetched: z.number().int(),
  excluded: z.array(exclusion),
  reason: z.string().nullable(),
})
export type SourceSummary = z.infer<typeof sourceSummary>

export const syncState = z.enum(SYNC_STATES)

export const syncSummary = z.object({
  id,
  origin: z.enum(SYNC_ORIGINS),
  state: syncState,
  startedAt: instant,
  finishedAt: instant,
  operator: z.string(),
  /** Why nothing was concluded, for a failed or cancelled sync. */
  reason: z.string().nullable(),
  /** The kind of failure of a failed or partial sync; null otherwise. */
  fault: z.enum(CONNECTION_FAULTS).nullable(),
  sources: z.array(sourceSummary),
})
export type SyncSummary = z.infer<typeof syncSummary>

export const connection = z.object({
  id,
  client: clientRef,
  provider: z.string(),
  label: z.string(),
  baseUrl: z.string().nullable(),
  /** The file that the connection reads, for the provider `file`. */
  path: z.string().nullable(),
  /** The platform that the file describes: `azure`. Null until it was read. */
  platform: z.string().nullable(),
  access: z.enum(CONNECTION_ACCESS),
  organizationId: z.string().nullable(),
  organizationName: z.string().nullable(),
  credential: z.object({
    state: credentialState,
    /** Prefix and last four characters. */
    hint: z.string().nullable(),
    setAt: instant.nullable(),
    /** The result of the last test or sync with it, and its time; null: not tested. */
    check: z.enum(CREDENTIAL_CHECKS).nullable(),
    testedAt: instant.nullable(),
    capabilities: z.array(capability),
  }),
  /**
   * In a team, the devices that have a credential of it and may read it, in the order in which they did. Null in a profile without one.
   */
  readBy: z.array(z.object({ device: z.uuid(), member: z.string(), own: z.boolean(), since: instant })).nullable(),
  /** The last sync that succeeded, and the last attempt. */
  lastSync: syncSummary.nullable(),
  lastAttempt: syncSummary.nullable(),
  createdAt: instant,
})
export type Connection = z.infer<typeof connection>

/** Only an address that may be called, in the one form in which it is stored. */
const baseUrl = z
  .string()
  .max(2000)
  .superRefine((text, context) => {
    const problem = baseUrlProblem(text)
    if (problem !== null) context.addIssue(problem)
  })
  .overwrite(canonicalBaseUrl)
  .nullable()
  .default(null)

/** The lists that a credential can read. */
export const checkedConnection = z.object({
  organization: z.object({ externalId: z.string(), name: z.string().nullable() }).nullable(),
  capabilities: z.array(capability),
  /** The kind of failure that most of the sources share that cannot be read; null where every one can. */
  fault: z.enum(CONNECTION_FAULTS).nullable(),
})
export type CheckedConnection = z.infer<typeof checkedConnection>

/** A secret as input. No operation returns one. */
const secret = secretText(4096)

export const connectionContract = {
  list: operation.input(z.object(scopeShape)).output(z.array(connection)),
  get: operation.input(z.object({ id })).output(connection),
  /**
   * By default the label is made of client and provider. With a credential, its form is checked first, and nothing is
   * stored if it is rejected. A connection of the provider
   * `file` has a path instead, and the file is read completely first.
   */
  add: operation
    .input(
      z.object({
        client: z.string(),
        provider: providerId,
        label: z.string().trim().max(120).default(''),
        baseUrl,
        path: filePath.optional(),
        access: z.enum(CONNECTION_ACCESS).default('read-only'),
        credential: secret.optional(),
      }),
    )
    .output(connection),
  /**
   * A base URL of another origin (protocol, host, port) removes the credential, which was given for the previous one.
   */
  update: operation
    .input(
      z.object({
        id,
        label: z.string().trim().min(1).max(120).optional(),
        baseUrl: baseUrl.unwrap().optional(),
        path: filePath.optional(),
        access: z.enum(CONNECTION_ACCESS).optional(),
      }),
    )
    .output(connection),
  /**
   * Sets or replaces the credential; the previous one is deleted. `baseUrl`: as it was shown when the credential was
   * asked for; nothing is stored if the connection has another origin by now.
   */
  setCredential: operation
    .input(z.object({ id, credential: secret, baseUrl: baseUrl.unwrap().optional() }))
    .output(connection),
  removeCredential: operation.input(z.object({ id })).output(connection),
  /**
   * Asks the provider what the stored (or the given) credential can read. A result of the stored one is kept. The error
   * PROVIDER names the kind of failure: then nothing can be read at all.
   */
  test: operation.input(z.object({ id, credential: secret.optional() })).output(checkedConnection),
  /** Checks a connection that is not added yet: nothing is stored, and the credential goes to this address alone. */
  check: operation
    .input(
      z.object({
        client: z.string(),
        provider: providerId,
        baseUrl,
        path: filePath.optional(),
        credential: secret.optional(),
      }),
    )
    .output(checkedConnection),
  /** Removes the connection from use and deletes its credential; what it reported stays in the register's history. */
  remove: operation.input(z.object({ id })).output(z.object({ removed: z.literal(true) })),
  history: operation
    .input(z.object({ id, limit: z.number().int().min(1).max(200).default(30) }))
    .output(z.array(syncSummary)),
}
