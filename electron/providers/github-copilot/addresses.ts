import { z } from 'zod'

import type { Calls } from '../kit/calls.ts'
import { CallFailure } from '../kit/errors.ts'
import { plainWords } from '../kit/plain.ts'
import { part, parseRow, rows, text } from '../kit/rows.ts'
import type { GitHub } from './client.ts'

/** The known facts of a member beyond a login. */
export interface MemberFacts {
  readonly email: string | null
  readonly name: string | null
}

/**
 * A seat names a login alone. Members have the address by which they sign in through single sign-on, the ones in domains
 * that the organization has verified, and the one that they publish; in this order, since only the first two are the
 * organization's.
 */
const SIGN_ON = `query ($login: String!, $after: String) { organization(login: $login) { samlIdentityProvider {
  externalIdentities(first: 100, after: $after) { pageInfo { hasNextPage endCursor }
    nodes { user { login } samlIdentity { nameId } } } } } }`
const MEMBERS = `query ($login: String!, $after: String) { organization(login: $login) {
  membersWithRole(first: 100, after: $after) { pageInfo { hasNextPage endCursor }
    nodes { login name email organizationVerifiedDomainEmails(login: $login) } } } }`

const page = z.object({ pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: text }), nodes: rows })
const organization = z.object({
  samlIdentityProvider: part(z.object({ externalIdentities: page })),
  membersWithRole: part(page),
})
const answer = z.object({
  data: part(z.object({ organization: part(organization) })),
  errors: z.array(z.object({ type: text, message: text })).catch([]),
})

const signOnRow = z.object({
  user: z.object({ login: z.string().min(1) }),
  samlIdentity: z.object({ nameId: z.string().min(1) }),
})
const memberRow = z.object({
  login: z.string().min(1),
  name: text,
  email: text,
  organizationVerifiedDomainEmails: z.array(z.string()).catch([]),
})

/**
 * Reads into `known` what is known of the members, by login in lower case; `onRows` counts the rows of each page. Throws
 * `CallFailure` where the token may not read a part, after all that it may.
 */
export async function readAddresses(
  calls: Calls,
  api: GitHub,
  login: string,
  { known, onRows }: { readonly known: Map<string, MemberFacts>; readonly onRows: (rows: readonly unknown[]) => void },
): Promise<void> {
  const ofMembers = await eachPage(
    calls,
    api,
    { query: MEMBERS, login },
    (found) => found.membersWithRole,
    (nodes) => {
      onRows(nodes)
      for (const row of nodes) {
        const member = parseRow(memberRow, row)
        if (member === null) continue
        const { name, email, organizationVerifiedDomainEmails: verified } = member
        known.set(member.login.toLowerCase(), { name, email: verified[0] ?? email })
      }
    },
  )
  // Without single sign-on there is no provider of identities.
  const ofSignOn = await eachPage(
    calls,
    api,
    { query: SIGN_ON, login },
    (found) => found.samlIdentityProvider?.externalIdentities ?? null,
    (nodes) => {
      for (const row of nodes) {
        const identity = parseRow(signOnRow, row)
        if (identity === null || !identity.samlIdentity.nameId.includes('@')) continue
        const key = identity.user.login.toLowerCase()
        known.set(key, { name: known.get(key)?.name ?? null, email: identity.samlIdentity.nameId })
      }
    },
  )
  const failure = ofMembers ?? ofSignOn
  if (failure !== null) throw failure
}

/** Returns why a part of the pages is missing; null where they are whole. */
async function eachPage(
  calls: Calls,
  api: GitHub,
  asked: { readonly query: string; readonly login: string },
  pick: (found: z.output<typeof organization>) => z.output<typeof page> | null,
  take: (nodes: readonly unknown[]) => void,
): Promise<CallFailure | null> {
  const pages = calls.openList()
  const seen = new Set<string>()
  let failure: CallFailure | null = null
  for (let after: string | null = null; ;) {
    const variables = { login: asked.login, after }
    const body = await pages.json(
      (options) => api.send('POST', '/graphql', { query: asked.query, variables }, options),
      'graphql',
    )
    const { found, error } = openAnswer(body)
    failure ??= error
    const part = found === null ? null : pick(found)
    if (part === null) return failure
    if (part.nodes === null) throw new CallFailure('malformed', 'a page of it has no rows')
    pages.count(part.nodes.length)
    take(part.nodes)
    if (!part.pageInfo.hasNextPage) return failure
    after = part.pageInfo.endCursor
    if (after === null || seen.has(after)) throw new CallFailure('paging', 'its pages repeat without end')
    seen.add(after)
  }
}

interface AddressAnswer {
  readonly found: z.output<typeof organization> | null
  readonly error: CallFailure | null
}

/** GitHub answers 200 to what the token may not read, with the reason in the body, beside what it may. */
function openAnswer(body: unknown): AddressAnswer {
  const parsed = answer.safeParse(body)
  if (!parsed.success) throw new CallFailure('malformed', 'it is not an answer to the question')
  const found = parsed.data.data?.organization ?? null
  const [error] = parsed.data.errors
  if (found !== null && error === undefined) return { found, error: null }
  const message = plainWords(error?.message, '')
  return {
    found,
    error: new CallFailure('status', message ?? 'nothing about the organization', {
      status: error?.type === 'RATE_LIMITED' ? 429 : 403,
      said: message,
      fromProvider: true,
    }),
  }
}
