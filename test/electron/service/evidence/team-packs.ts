import { makeRegister } from '../../../../electron/service/core/context.ts'
import type { Service } from '../../../../electron/service/process/open.ts'
import { settleReviews } from '../../../../electron/register/team/take-review.ts'
import { acmeParts, type Seeded, seeded } from '../seeded.ts'
import { ADMINISTRATOR, createServers, FOUNDER, letIn, type MemoryServers, toServer } from '../team/memory-servers.ts'
import { newFolder } from './packs.ts'

export interface SeededTeam extends Seeded {
  readonly anna: Service
  readonly servers: MemoryServers
}

export interface TeamPacked extends SeededTeam {
  readonly reviewId: number
  readonly folder: string
  readonly zip: string
  readonly fingerprint: string
}

/** A team on a server in memory: Mara, who founded it with two clients, Anna, a lead of acme, and Carol, a lead of borealis. */
export async function seedTeam(): Promise<SeededTeam> {
  const servers = createServers()
  const all = await seeded({ teamServers: servers })
  const { api, service, clock } = all
  servers.now = () => clock.now
  await api.team.init({ ...FOUNDER, server: toServer('seeded'), administrator: ADMINISTRATOR })
  const anna = await letIn(service, servers, 'Anna', { client: 'acme', clientRole: 'lead' })
  await letIn(service, servers, 'Carol', { client: 'borealis', clientRole: 'lead' })
  return { ...all, anna, servers }
}

/** A review that Mara decided and signed and Anna acknowledged, packed at Mara's device. */
export async function teamPacked(): Promise<TeamPacked> {
  const all = await seedTeam()
  const { api, clock, anna } = all
  all.read(all.connections.acme, acmeParts())
  const { reviewId } = await api.reviews.open({ client: 'acme', kind: 'roles', override: 'The lists are short here.' })
  const { rows } = await api.reviews.items({ reviewId })
  const [first = 0, ...rest] = rows.map(({ itemId }) => itemId)
  clock.now += 3_600_000
  await api.reviews.decide({ reviewId, items: [first], decision: 'remove', why: 'Left, =SUM(A1)\n| <b>' })
  await api.reviews.decide({ reviewId, items: rest, decision: 'keep', why: 'Needed "there"' })
  await api.reviews.sign({ reviewId, as: FOUNDER.name })
  await api.team.exchange()
  await anna.api.team.exchange()
  readAccounts(anna)
  const [there] = (await anna.api.reviews.list({})).rows
  await anna.api.reviews.acknowledge({ reviewId: there?.reviewId ?? 0, as: 'Anna' })
  await anna.api.team.exchange()
  await api.team.exchange()
  const { path, zipPath, fingerprint } = await api.evidence.pack({ reviewId, directory: newFolder(), zip: true })
  return { ...all, reviewId, folder: path, zip: zipPath ?? '', fingerprint }
}

/** As if the register had read the accounts that the review is about. */
export function readAccounts({ context }: Service): void {
  makeRegister(context).transact((writer) => {
    for (const account of ['u1', 'u2', 'b1']) {
      writer.run("INSERT INTO principal (connection_id, external_id, kind) VALUES (1, ?, 'user')", [account])
    }
    writer.run("INSERT INTO project (connection_id, external_id) VALUES (1, 'proj_a')")
    settleReviews(writer, new Set())
  })
}
