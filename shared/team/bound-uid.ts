/** Whose a uid is: the uid of a client. */
export type UidOwner = string

type Sha256 = (text: string) => Uint8Array

/** How many hexadecimal digits at the end of a uid bind it: the 42 random bits before them keep uids apart. */
const DIGITS = 8

/**
 * Binds a UUIDv7 to its owner: its last 32 bits are the first of SHA-256 over the owner and the other bits. From an operation of one
 * client alone a device sees that a uid in it is not another client's, whatever else it has read. Whether a given uid fits cannot
 * be chosen: it fits one of 2³² owners.
 */
export function bindUid(uid: string, owner: UidOwner, sha256: Sha256): string {
  const rest = uid.slice(0, -DIGITS)
  const digest = sha256(`castellan uid 1 ${owner} ${rest}`)
  return rest + Array.from(digest.subarray(0, DIGITS / 2), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function isBoundUid(uid: string, owner: UidOwner, sha256: Sha256): boolean {
  return bindUid(uid, owner, sha256) === uid
}
