import { randomUUID } from 'node:crypto'

import { exchange } from '../../../../electron/team/exchange.ts'
import { createReplica } from '../../../../electron/team/replica.ts'
import { createMemoryServer } from '../../../team/memory/memory-log.ts'
import { findHead } from '../../../../electron/team/held-heads.ts'
import { describeDevice } from '../../../../electron/team/found.ts'
import { toHex } from '../../../../electron/team/hex.ts'
import { createSalt } from '../../../../electron/team/compose-entry.ts'
import type { Entry } from '../../../../shared/team/entry.ts'
import { declareVoid, placeAhead } from '../ahead.ts'
import { forge, opText } from '../forge.ts'
import { decideOn, FAR, readOn } from '../rest-on.ts'
import { crypto, foundTeam, nextUuid, readAll, SERVER, toNote } from '../world.ts'
import { BODIES, UID as CONNECTION } from './bodies.ts'
import { conclude } from './conclude.ts'
import { decideChanges } from './decide-changes.ts'
import { decideReviews } from './decide-reviews.ts'

/**
 * Records the history of a team in which each kind of the set takes effect, and entries are void for each reason. Run it
 * before a set is released, and never for one that was:
 *
 *     node test/electron/team/golden/record.ts > test/electron/team/golden/opset-1.json
 */
const server = createMemoryServer(SERVER, () => 0)
const team = await foundTeam(async (login, rights) => server.connect(login, rights))
const { founder } = team
const [first, ben, carl] = [await team.join('anna'), await team.join('ben'), await team.join('carl', ['auditor'])]
let anna = first
const client = await team.openClient()
founder.decideTeam('names.kept', { clientUid: client, uids: [CONNECTION] })
await team.grant(client, anna, 'reviewer')
await team.grant(client, ben, 'operator')
for (const one of [anna, ben, carl]) await one.exchange()
const { agency } = founder.replica.membership()!
const { facts } = founder.replica.membership()!.clients.get(client)!

for (const [kind, body] of Object.entries(BODIES)) {
  const uid = nextUuid()
  const op = { kind, salt: createSalt(crypto), at: 1_795_000_000_000, day: '2026-11-27', basis: -1, subject: 'Acme' }
  const isAdded = kind === 'client.added'
  const whole = { v: 1, ...(isAdded ? { clientUid: client } : {}), ...body }
  founder.replica.wait(client, { uid, op: { ...op, ...(isAdded ? { slug: 'acme' } : {}), body: whole } })
}
founder.decide(agency, 'policy.changed', { v: 1, values: null })
founder.decide(client, 'connection.removed', { v: 1, connectionUid: nextUuid() })
await founder.exchange()
for (const one of [anna, ben, carl]) await one.exchange()
await decideReviews(team, client, { founder, anna, ben })
await team.grant(client, anna, 'operator')
for (const one of [anna, ben]) await one.exchange()
await decideChanges(client, { founder, anna, ben })
await team.grant(client, anna, 'reviewer')
await team.grant(client, ben, 'operator')
for (const one of [anna, ben, carl]) await one.exchange()

// Entries that are void, each for its reason.
const push = async (entry: Entry): Promise<void> => {
  // As the owner of a database could place it.
  server.stored(client).push({ ...entry, pushedBy: anna.login, placedAt: 0 })
  for (const one of [founder, ben, carl]) await one.exchange()
  // What was placed under its name, and not decided by it, would stop a device that has read the stream before.
  const { author, keys } = anna.replica
  const { store } = anna
  anna = { ...anna, replica: createReplica({ crypto, author, keys, team: team.team, root: team.root, store }) }
  await exchange(anna.replica, anna.log)
}
const newest = (): Entry => readAll(anna.replica, client).at(-1)!.entry
await push(forge(anna, client, opText()))
await push(forge(anna, client, opText(), { deviceSeq: 0 }))
await push(forge(anna, client, opText(), { op: readAll(founder.replica, client)[0]!.entry.op }))
await push(forge(anna, client, opText(), { device: nextUuid() }))
await push({ ...forge(anna, client, opText()), signature: newest().signature })
await push(forge(anna, client, opText(), { generation: 9 }))
await push(forge(anna, client, opText(), { opset: 9 }))
await push(forge(anna, client, opText(), { sealed: new Uint8Array(80) }))
await push(forge(anna, client, opText(), { opHash: crypto.hashText('x') }))
await push(forge(anna, client, 'x'))
await push(forge(anna, client, opText({ kind: 'client.archived', body: { v: 1 } })))
await push(forge(anna, client, opText(), { teamSeq: anna.replica.membership()!.next - 2 }))
const { generation, commitment } = anna.replica.membership()!.keys.get(client)!.generations[0]!.value
const key = anna.replica.keys.find(crypto, { scope: client, generation }, commitment)!
const place = { stream: client, op: nextUuid(), opHash: crypto.hashText('{}') }
await push(forge(anna, client, opText(), { ...place, sealed: crypto.sealText(key, place, '[]') }))
await placeAhead(anna, client, 2 ** 40)
await founder.exchange()
await declareVoid(founder, client)
anna.decide(agency, ...toNote('x'))
await anna.exchange()
// Each rests on the other.
decideOn(ben, client, FAR)
readOn(ben, { client, facts }, FAR)
await ben.exchange()
await founder.exchange()
await declareVoid(founder, facts)
await team.rotate()

// The team itself.
const dora = { memberUid: nextUuid(), name: 'Dora', email: 'dora@agency.example', roles: [] }
const phone = { deviceUid: nextUuid(), keys: crypto.createDeviceKeys() }
const enrolled = {
  memberUid: anna.member,
  login: 'c_anna_phone',
  ...describeDevice({ device: phone.deviceUid, keys: phone.keys }),
}
founder.decideTeam('member.added', dora)
founder.decideTeam('member.added', dora)
founder.decideTeam('member.roles-set', { memberUid: carl.member, roles: ['people'] })
founder.decideTeam('member.roles-set', { memberUid: nextUuid(), roles: [] })
founder.decideTeam('member.roles-set', { memberUid: founder.member, roles: [] })
founder.decideTeam('device.enrolled', enrolled)
founder.decideTeam('device.revoked', { deviceUid: phone.deviceUid })
founder.decideTeam('device.revoked', { deviceUid: nextUuid() })
founder.decideTeam('access.revoked', { clientUid: client, memberUid: ben.member })
founder.decideTeam('access.revoked', { clientUid: nextUuid(), memberUid: ben.member })
founder.decideTeam('team.fork-resolved', { stream: client, seq: 0, head: toHex(findHead(founder.replica, client, 1)) })
founder.decideTeam('team.moved', { server: SERVER, host: 'db2', port: 5432, database: 'castellan', authority: null })
const lost = { scope: client, commitment: '00'.repeat(32) }
founder.decideTeam('key.rotated', { ...lost, generation: 7, readers: 1 })
founder.decideTeam('key.rotated', { ...lost, generation: 2, readers: 1_000_000 })
founder.decideTeam('team.opset-raised', { opset: 1 })
const { op: founding } = readAll(founder.replica, team.team)[0]!.verdict as { op: { body: object } }
founder.decide(team.team, 'team.founded', founding.body as { v: number })
founder.decide(team.team, 'team.founded', { v: 1 })
founder.decideTeam('member.removed', { memberUid: carl.member })
await founder.exchange()
await team.rotate()
// What a key sealed that is lost: placed again where its author's device has it, which the recorded history shows too.
founder.decide(client, ...toNote('under a key that is lost'))
await founder.exchange()
founder.decideTeam('key.lost', { scope: client, generation: 2 })
founder.decideTeam('key.lost', { scope: client, generation: 9 })
await founder.exchange()
await team.rotate()
founder.decide(client, ...toNote('under the new key'))
founder.decideTeam('team.opset-raised', { opset: 2 })
await founder.exchange()

const streams = [team.team, agency, client, facts]
const { keys } = founder.replica.membership()!
const encode = (entry: Entry) => ({
  ...entry,
  opHash: toHex(entry.opHash),
  signature: toHex(entry.signature),
  sealed: Buffer.from(entry.sealed).toString('base64'),
})
const golden = {
  team: team.team,
  root: toHex(team.root),
  device: randomUUID(),
  keys: Object.fromEntries(
    [...keys].map(([scope, { generations }]) => [
      scope,
      generations.map(({ value: { generation, commitment } }) =>
        toHex(founder.replica.keys.find(crypto, { scope, generation }, commitment)!),
      ),
    ]),
  ),
  streams: Object.fromEntries(
    streams.map((stream) => [
      stream,
      readAll(founder.replica, stream).map(({ entry }) => {
        const {
          pushedBy: _,
          placedAt: __,
          ...plain
        } = encode(entry) as ReturnType<typeof encode> & Record<string, unknown>
        return plain
      }),
    ]),
  ),
  concluded: conclude(founder.replica, streams),
}
process.stdout.write(`${JSON.stringify(golden, null, 1)}\n`)
