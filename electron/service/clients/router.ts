import { clientContract, type Client } from '../../../shared/contract/clients.ts'
import type { Inputs } from '../../../shared/contract/contract.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { CLIENT_COLOURS, freeSlug, toSlug } from '../../../shared/domain/client.ts'
import { confusable } from '../../../shared/domain/text/names.ts'
import { getClient, listClients } from '../../register/clients/client.ts'
import { clientSlugs } from '../../register/clients/slug.ts'
import { type Context, noClient, getReader } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { commitOperation, findOrCreateUid } from '../core/operations.ts'
import { assertAttested } from '../kit/attest.ts'
import { Refusal } from '../kit/refusal.ts'

const os = implementArea({ client: clientContract })

const existing = (context: Context, slug: string) => {
  return getClient(getReader(context), slug) ?? noClient(getReader(context), slug)
}

/** Archives a client. Throws `Refusal` where its leavers or its keys ask for a reason or a word that was not given. */
async function archive(context: Context, { slug, reason, confirm }: Inputs['client']['archive']): Promise<Client> {
  const client = existing(context, slug)
  if (client.archivedAt !== null) return client
  const { countArchived } = await import('./count-archived.ts')
  const { keys, leavers } = countArchived(context, slug)
  assertAttested(
    'ARCHIVE',
    { count: keys, isGrave: leavers > 0 },
    { reason, confirm },
    {
      field: 'reason',
      option: '--why',
      covers:
        leavers > 0
          ? `${counted(leavers, 'leaver still has', 'leavers still have')} access at ${client.name}`
          : `${client.name} has ${counted(keys, 'key')}`,
      purpose: 'to archive the client',
    },
  )
  const body = { v: 1, ...(reason === undefined || reason === '' ? {} : { reason }) } as const
  commitOperation(context, { kind: 'client.archived', client: slug, subject: client.name, body })
  return existing(context, slug)
}

function restore(context: Context, slug: string): Client {
  const client = existing(context, slug)
  if (client.archivedAt === null) return client
  commitOperation(context, { kind: 'client.restored', client: slug, subject: client.name, body: { v: 1 } })
  return existing(context, slug)
}

/** Throws `Refusal` CONFLICT for a name that people may take for that of another client, archived ones included. */
function checkName(others: readonly Client[], name: string): void {
  const same = others.find((client) => confusable(client.name, name))
  if (same === undefined) return
  const which = same.archivedAt === null ? 'The client' : 'The archived client'
  throw new Refusal(
    'CONFLICT',
    `${which} ${JSON.stringify(same.name)} (${same.slug}) has this name or one that looks like it.`,
    'Choose a name that people cannot take for it. In a terminal, --same-name insists.',
    { about: 'name' },
  )
}

/** The first colour that no other client has, else the one that fewest have. */
function nextColour(taken: readonly string[]): string {
  const uses = CLIENT_COLOURS.map((colour) => ({ colour, n: taken.filter((other) => other === colour).length }))
  return uses.reduce((a, b) => (b.n < a.n ? b : a)).colour
}

export const clientRouter = {
  list: os.client.list.handler(({ context, input }) =>
    listClients(getReader(context), input.archived).filter(
      ({ slug }) => context.client === null || slug === context.client,
    ),
  ),
  get: os.client.get.handler(({ context, input }) => existing(context, input.slug)),
  add: os.client.add.handler(({ context, input }) => {
    const reader = getReader(context)
    const taken = clientSlugs(reader)
    if (input.slug !== undefined && taken.has(input.slug)) {
      throw new Refusal(
        'CONFLICT',
        `Another client has the slug ${input.slug} already.`,
        'Choose another slug, or leave it out.',
      )
    }
    const clients = listClients(reader, true)
    if (!input.sameName) checkName(clients, input.name)
    const slug = input.slug ?? freeSlug(toSlug(input.name), taken)
    const active = clients.filter(({ archivedAt }) => archivedAt === null)
    const colour = input.colour ?? nextColour(active.map((client) => client.colour))
    const { name, kind, domains, notes } = input
    const clientUid = findOrCreateUid(context, 'client', null)
    const body = { v: 1, clientUid, name, kind, colour, domains, notes } as const
    commitOperation(context, { kind: 'client.added', client: slug, subject: name, body })
    return existing(context, slug)
  }),
  update: os.client.update.handler(({ context, input: { slug, sameName, ...change } }) => {
    const before = existing(context, slug)
    const others = listClients(getReader(context), true).filter((client) => client.slug !== slug)
    // A client that has the name already may keep it.
    if (change.name !== undefined && change.name !== before.name && !sameName) checkName(others, change.name)
    // In a team a change of domains names the kind: those of an internal client are an owner's to decide.
    const kind = change.kind ?? (change.domains === undefined ? undefined : before.kind)
    const body = { v: 1, ...change, ...(kind === undefined ? {} : { kind }) } as const
    commitOperation(context, { kind: 'client.changed', client: slug, subject: before.name, body })
    return existing(context, slug)
  }),
  archive: os.client.archive.handler(({ context, input }) => archive(context, input)),
  restore: os.client.restore.handler(({ context, input }) => restore(context, input.slug)),
}
