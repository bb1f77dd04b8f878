import type { BlobName } from '../../shared/decisions/kind.ts'

/** Blobs that were fetched and opened, by address and generation. */
export type OpenedBlobs = ReadonlyMap<string, Uint8Array>

export const NO_BLOBS: OpenedBlobs = new Map()

export function toBlobKey({ address, generation }: BlobName): string {
  return `${generation} ${address}`
}
