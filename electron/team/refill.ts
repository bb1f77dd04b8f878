import type { TeamDevice } from './device.ts'

const READ_TOGETHER = 200
const ASKED_TOGETHER = 500

/**
 * Restores what the server lost of a log, exactly as it was: batches by position and head, then the blobs that are kept here. Returns how many
 * batches it has again. Another device may be faster. Throws `TeamServerError`.
 */
export async function refillLog(device: TeamDevice, log: string, from: number): Promise<number> {
  const { server, store } = device
  let restored = 0
  for (let at = from; ;) {
    const batches = store.batches(log, at, READ_TOGETHER)
    const last = batches.at(-1)
    if (last === undefined) break
    if ((await server.refill(batches)) === 'does-not-fit') break
    restored += batches.length
    at = last.at + 1
  }
  await refillBlobs(device, log)
  return restored
}

/** Stores again what the server lacks of the blobs that are kept here. Throws `TeamServerError`. */
export async function refillBlobs({ server, store }: TeamDevice, log: string): Promise<void> {
  for (let after: Uint8Array | null = null; ;) {
    const addresses: readonly Uint8Array[] = store.blobAddresses(log, after, ASKED_TOGETHER)
    const last: Uint8Array | undefined = addresses.at(-1)
    if (last === undefined) return
    const lacking = await server.lackBlobs(log, addresses)
    for (const address of lacking) await server.putBlobs(log, store.findBlobs(log, [address]))
    after = last
  }
}
