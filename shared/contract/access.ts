import { z } from 'zod'

import { RESTRICTION_KINDS } from '../domain/facts.ts'
import { ACCESS } from '../nouns/access.ts'
import { CERTIFICATES, certificateRow, FEDERATION, federationRow } from '../nouns/federation.ts'
import { SERVICE_ACCOUNTS } from '../nouns/service-accounts.ts'
import {
  clientRef,
  connectionRef,
  defineList,
  id,
  operation,
  projectRef,
  readSlice,
  scopeShape,
  sliceShape,
} from './common.ts'

export { accessRow, principalKind } from '../nouns/access.ts'
export type { AccessRow } from '../nouns/access.ts'
export type { CertificateRow, FederationRow } from '../nouns/federation.ts'
export type { ServiceAccountRow } from '../nouns/service-accounts.ts'

export const restrictionFilter = z.object({
  ...scopeShape,
  connection: id.optional(),
  project: id.optional(),
  /** That narrow this key: by name, through its user, or by everything where it is. */
  key: id.optional(),
  /** That name an account of this person. */
  person: id.optional(),
})
export type RestrictionFilter = z.infer<typeof restrictionFilter>

/** A restriction of access that was given. */
export const restrictionRow = z.object({
  restrictionId: id,
  client: clientRef,
  connection: connectionRef,
  /** Null: the organization. */
  project: projectRef.nullable(),
  externalId: z.string(),
  kind: z.enum(RESTRICTION_KINDS),
  name: z.string().nullable(),
  /** The permission, in words. */
  terms: z.array(z.string()),
  /** How many keys and users it names; null for both: it narrows everything where it is. */
  keys: z.number().int().nullable(),
  members: z.number().int().nullable(),
})
export type RestrictionRow = z.infer<typeof restrictionRow>

export const accessContract = {
  /** Every service account in scope: the roster of non-human identities. */
  serviceAccounts: defineList(SERVICE_ACCOUNTS),
  /** Every certificate in scope, for the organization and each project. */
  certificates: defineList(CERTIFICATES),
  /** One certificate where it is, by any of its versions. NOT_FOUND when the provider no longer lists it there. */
  certificate: operation.input(z.object({ certificateId: id })).output(certificateRow),
  /** Every federation rule in scope. */
  federation: defineList(FEDERATION),
  /** One federation rule as it is now, by any of its versions. NOT_FOUND when the provider no longer lists it. */
  federationRule: operation.input(z.object({ federationId: id })).output(federationRow),
  /** Every guardrail and other restriction in scope. */
  restrictions: operation.input(restrictionFilter.extend(sliceShape)).output(readSlice(restrictionRow)),
  /** Every effective grant with its path. */
  list: defineList(ACCESS),
}
