import type { StoredBlob } from '../../../electron/team/blob.ts'
import { fetchBlobs, storeBlobs } from '../../../electron/team/exchange-blobs.ts'
import type { TeamLog, TeamLogError } from '../../../electron/team/log.ts'
import { type Connect, foundTeam } from './world.ts'

const MIB = 1 << 20

/** What of each blob: the first byte of its address, its length, and the byte that it has. */
type Plain = readonly (readonly [number | undefined, number, number | undefined])[]
const plain = (found: readonly StoredBlob[]): Plain =>
  found.map(({ address, sealed }) => [address[0], sealed.length, sealed.at(-1)])

/** What every log does with blobs: keeps what came first, for those who read the stream, and answers in bounded parts. */
export const KEPT = {
  inOneAnswer: [[0, 3, 0], ...[1, 2, 3, 4, 5, 6, 7].map((at) => [at, MIB, at])],
  inAll: [[0, 3, 0], ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((at) => [at, MIB, at])],
  ofUnknown: [],
  ofOtherServer: [],
  toStranger: [],
  lacking: [[99], [99, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  storedBy: ['placed', 'not-allowed', 'not-allowed'],
}

/** Stores ten blobs of a client and reads them as its members. */
export async function tryBlobs(connect: Connect): Promise<unknown> {
  const team = await foundTeam(connect)
  const client = await team.openClient()
  const [anna, ben, stranger] = [await team.join('anna'), await team.join('ben'), await team.join('stranger')]
  await team.grant(client, anna, 'reviewer')
  await team.grant(client, ben, 'viewer')
  const blob = (length: number, fill: number): StoredBlob => ({
    address: new Uint8Array(32).fill(fill),
    sealed: new Uint8Array(length).fill(fill),
  })
  const blobs = Array.from({ length: 10 }, (_, at) => blob(at === 0 ? 3 : MIB, at))
  await storeBlobs(anna.log, client, blobs)
  // An address has what was stored first.
  await anna.log.putBlobs(client, [{ ...blob(5, 0), sealed: new Uint8Array(5).fill(9) }])

  const unknown = blob(0, 99).address
  const addresses = [unknown, ...blobs.map(({ address }) => address), unknown]
  const other = { ...ben.log, getBlobs: async () => [blob(1, 98)] }
  const lacks = async (log: TeamLog): Promise<readonly (number | undefined)[]> =>
    (await log.lackBlobs(client, addresses)).map(([first]) => first)
  const storedBy: string[] = []
  for (const { log } of [anna, ben, stranger]) {
    const stored = log.putBlobs(client, [blob(1, 50)]).then(() => 'placed')
    storedBy.push(await stored.catch((error: unknown) => (error as TeamLogError).problem))
  }
  return {
    inOneAnswer: plain(await ben.log.getBlobs(client, addresses)),
    inAll: plain(await Array.fromAsync(fetchBlobs(ben.log, client, addresses))),
    ofUnknown: await Array.fromAsync(fetchBlobs(ben.log, client, [unknown])),
    ofOtherServer: await Array.fromAsync(fetchBlobs(other, client, addresses)),
    toStranger: await stranger.log.getBlobs(client, addresses),
    lacking: await Promise.all([ben, stranger].map(async ({ log }) => [...new Set(await lacks(log))])),
    storedBy,
  }
}
