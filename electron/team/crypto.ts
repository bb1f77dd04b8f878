import { createHash } from 'node:crypto'

import type { Batch } from '../../shared/team/batch.ts'
import {
  batchBytes,
  concat,
  eightBytes,
  fourBytes,
  HASH_BYTES,
  KEY_BYTES,
  NONCE_BYTES,
  toContext,
  toText,
  uuidBytes,
} from './form.ts'

/**
 * Everything cryptographic of a team, in one file that an outside reviewer can judge beside docs/team-protocol.md: primitives come from
 * libsodium, and SHA-256 from Node; only their composition is here. It is loaded when a profile belongs to a team.
 */

export interface KeyPair {
  readonly publicKey: Uint8Array
  readonly privateKey: Uint8Array
}

/** The keys of one installation. The private halves are kept in the keychain. */
export interface DeviceKeys {
  /** Ed25519. */
  readonly sign: KeyPair
  /** X25519. */
  readonly box: KeyPair
}

/** Which generation of the key of a log, from 1. */
export interface KeyName {
  readonly log: string
  readonly generation: number
}

/** What a device that asks to be enrolled presents. `root`: the head of the first batch of the team's log. */
export interface Knock {
  readonly root: Uint8Array
  readonly invite: string
  readonly device: string
  readonly signKey: Uint8Array
  readonly boxKey: Uint8Array
  readonly login: string
}

/** Where a box is: its team and log, and the clear head of it. */
export interface BoxPlace {
  readonly root: Uint8Array
  readonly log: string
  readonly head: Uint8Array
}

/** Where a blob is kept: its log, and the address that follows from what it contains. */
export interface BlobPlace {
  readonly log: string
  readonly address: Uint8Array
}

const CONTEXT = {
  log: toContext('log 2'),
  batch: toContext('batch 2'),
  box: toContext('box 2'),
  blob: toContext('blob 2'),
  key: toContext('key 2'),
  wrap: toContext('wrap 2'),
  knock: toContext('knock 2'),
  figures: toContext('figures 2'),
}
/** The context of `crypto_kdf_derive_from_key`, which is eight characters; the numbers are those of the subkeys. */
const DERIVATION = 'cstlnkey'
const SUBKEY = { sign: 0, box: 1, batch: 2, blob: 3, address: 4, figures: 5 } as const
/** As PostgreSQL's own. */
const SCRAM_ROUNDS = 4096
const SCRAM_SALT_BYTES = 16
/** The root of a team before its first batch. */
export const NO_ROOT: Uint8Array = new Uint8Array(HASH_BYTES)

const createRandom = (bytes: number): Uint8Array => globalThis.crypto.getRandomValues(new Uint8Array(bytes))

/** SHA-256 of bytes, joined. */
export function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return new Uint8Array(hash.digest())
}

/** The head of a log after a batch. It commits to every byte of it, the signature included. */
export function headAfter({ before, box, signature }: Pick<Batch, 'before' | 'box' | 'signature'>): Uint8Array {
  return sha256(before, sha256(box), signature)
}

/** The head of a log before its first batch: a log belongs to one team. */
export function startLog(log: string, root: Uint8Array): Uint8Array {
  return sha256(CONTEXT.log, uuidBytes(log), root)
}

/** What a card has of a key, so that the server cannot hand out one of its own. */
export function commitKey({ log, generation }: KeyName, key: Uint8Array): Uint8Array {
  return sha256(CONTEXT.key, uuidBytes(log), fourBytes(generation), key)
}

async function load() {
  const { default: sodium } = await import('libsodium-wrappers-sumo')
  await sodium.ready
  const derive = (key: Uint8Array, id: number): Uint8Array =>
    sodium.crypto_kdf_derive_from_key(KEY_BYTES, id, DERIVATION, key)

  /** XChaCha20-Poly1305 under a random nonce, which comes first. 192 bits: it cannot repeat, even after a restore. */
  const encrypt = (key: Uint8Array, text: Uint8Array, associated: Uint8Array): Uint8Array => {
    const nonce = createRandom(NONCE_BYTES)
    return concat(nonce, sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(text, associated, null, nonce, key))
  }
  const decrypt = (key: Uint8Array, bytes: Uint8Array, associated: Uint8Array): Uint8Array | null => {
    const [nonce, text] = [bytes.subarray(0, NONCE_BYTES), bytes.subarray(NONCE_BYTES)]
    return attempt(() => sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, text, associated, nonce, key))
  }
  const boxContext = ({ root, log, head }: BoxPlace): Uint8Array => concat(CONTEXT.box, root, uuidBytes(log), head)
  const blobContext = ({ log, address }: BlobPlace): Uint8Array => concat(CONTEXT.blob, uuidBytes(log), address)
  const figuresContext = (log: string, at: number): Uint8Array =>
    concat(CONTEXT.figures, uuidBytes(log), eightBytes(at))
  const wrapContext = ({ log, generation }: KeyName, device: string): Uint8Array =>
    concat(CONTEXT.wrap, uuidBytes(log), fourBytes(generation), uuidBytes(device))
  const toSigned = (root: Uint8Array, batch: Omit<Batch, 'signature'>): Uint8Array =>
    concat(CONTEXT.batch, batchBytes(root, batch, sha256(batch.box)))
  const toKnockBytes = (knock: Knock): Uint8Array =>
    concat(
      CONTEXT.knock,
      knock.root,
      uuidBytes(knock.invite),
      uuidBytes(knock.device),
      knock.signKey,
      knock.boxKey,
      toText(knock.login),
    )

  return {
    random: createRandom,

    /** New keys of a device; those of the paper follow from its 32 bytes. */
    createDeviceKeys: (seed: Uint8Array = createRandom(KEY_BYTES)): DeviceKeys => ({
      sign: sodium.crypto_sign_seed_keypair(derive(seed, SUBKEY.sign)),
      box: sodium.crypto_box_seed_keypair(derive(seed, SUBKEY.box)),
    }),

    createKey: (): Uint8Array => createRandom(KEY_BYTES),

    signBatch: (root: Uint8Array, batch: Omit<Batch, 'signature'>, key: Uint8Array): Batch => ({
      ...batch,
      signature: sodium.crypto_sign_detached(toSigned(root, batch), key),
    }),

    isBatchSigned: (root: Uint8Array, batch: Batch, signKey: Uint8Array): boolean =>
      attempt(() => sodium.crypto_sign_verify_detached(batch.signature, toSigned(root, batch), signKey)) === true,

    /**
     * Signs the head of an evidence pack. It has no context of its own, so that `openssl` checks it against the file: it begins with
     * hexadecimal digits, so no context begins it. Throws `RangeError` for any other.
     */
    signPackHead: (head: Uint8Array, key: Uint8Array): Uint8Array => {
      const isDigit = (code: number): boolean => (code > 47 && code < 58) || (code > 96 && code < 103)
      if (head.length < 64 || !head.subarray(0, 64).every(isDigit))
        throw new RangeError('It is not the head of a pack.')
      return sodium.crypto_sign_detached(head, key)
    },

    /** Encrypts packed operations under the key of a log, for one place. Nonce and sealed bytes follow the clear head. */
    sealBox: (key: Uint8Array, place: BoxPlace, packed: Uint8Array): Uint8Array =>
      concat(place.head, encrypt(derive(key, SUBKEY.batch), packed, boxContext(place))),

    /** The packed operations of a box; null when the key, the place or a byte is another one. */
    openBox: (key: Uint8Array, place: BoxPlace, sealed: Uint8Array): Uint8Array | null =>
      decrypt(derive(key, SUBKEY.batch), sealed, boxContext(place)),

    /** The address of what a blob contains: HMAC-SHA-256 under a key that the server never has, so it can test no guess. */
    addressBlob: (key: Uint8Array, text: Uint8Array): Uint8Array =>
      sodium.crypto_auth_hmacsha256(text, derive(key, SUBKEY.address)),

    sealBlob: (key: Uint8Array, place: BlobPlace, packed: Uint8Array): Uint8Array =>
      encrypt(derive(key, SUBKEY.blob), packed, blobContext(place)),

    /** A packed blob; null when the key, the place or a byte is another one. */
    openBlob: (key: Uint8Array, place: BlobPlace, sealed: Uint8Array): Uint8Array | null =>
      decrypt(derive(key, SUBKEY.blob), sealed, blobContext(place)),

    /** Encrypts packed figures of a client under its key. `at`: milliseconds by the clock of their author. */
    sealFigures: (key: Uint8Array, log: string, at: number, packed: Uint8Array): Uint8Array =>
      encrypt(derive(key, SUBKEY.figures), packed, figuresContext(log, at)),

    openFigures: (key: Uint8Array, log: string, at: number, sealed: Uint8Array): Uint8Array | null =>
      decrypt(derive(key, SUBKEY.figures), sealed, figuresContext(log, at)),

    /** All generations of a key, the first first, for one device: only its private box key opens them. */
    wrapKeys: (name: KeyName, device: string, boxKey: Uint8Array, keys: readonly Uint8Array[]): Uint8Array =>
      sodium.crypto_box_seal(concat(wrapContext(name, device), ...keys), boxKey),

    /**
     * The keys in a wrap; null when it is for another device or name. Anyone can make a wrap, so a key of it counts only
     * once it fits the commitment in the card.
     */
    unwrapKeys: (name: KeyName, device: string, box: KeyPair, wrap: Uint8Array): readonly Uint8Array[] | null => {
      const opened = attempt(() => sodium.crypto_box_seal_open(wrap, box.publicKey, box.privateKey))
      const begins = wrapContext(name, device)
      if (opened?.length !== begins.length + name.generation * KEY_BYTES) return null
      if (!sodium.memcmp(opened.subarray(0, begins.length), begins)) return null
      return Array.from({ length: name.generation }, (_, index) =>
        opened.slice(begins.length + index * KEY_BYTES, begins.length + (index + 1) * KEY_BYTES),
      )
    },

    /** HMAC-SHA-256 under the secret of an invite, which the server never has. */
    signKnock: (secret: Uint8Array, knock: Knock): Uint8Array =>
      sodium.crypto_auth_hmacsha256(toKnockBytes(knock), secret),

    isKnockRight: (secret: Uint8Array, knock: Knock, mac: Uint8Array): boolean =>
      attempt(() => sodium.crypto_auth_hmacsha256_verify(mac, toKnockBytes(knock), secret)) === true,

    /**
     * The verifier of a password for PostgreSQL (RFC 5803): SCRAM-SHA-256 with PBKDF2 of one block, which is RFC 2898's
     * sum of HMACs. With it, the server gets no password to write to its log.
     */
    createScramVerifier: (password: string): string => {
      const hmac = (key: Uint8Array, text: Uint8Array): Uint8Array => {
        const state = sodium.crypto_auth_hmacsha256_init(key)
        sodium.crypto_auth_hmacsha256_update(state, text)
        return sodium.crypto_auth_hmacsha256_final(state)
      }
      const salt = createRandom(SCRAM_SALT_BYTES)
      let last = hmac(toText(password), concat(salt, fourBytes(1)))
      const salted = last.slice()
      for (let round = 1; round < SCRAM_ROUNDS; round += 1) {
        last = hmac(toText(password), last)
        for (let at = 0; at < salted.length; at += 1) salted[at] = (salted[at] ?? 0) ^ (last[at] ?? 0)
      }
      const stored = sha256(hmac(salted, toText('Client Key')))
      const base64 = (bytes: Uint8Array): string => sodium.to_base64(bytes, sodium.base64_variants.ORIGINAL)
      const keys = `${base64(stored)}:${base64(hmac(salted, toText('Server Key')))}`
      return `SCRAM-SHA-256$${SCRAM_ROUNDS}:${base64(salt)}$${keys}`
    },
  }
}

export type TeamCrypto = Awaited<ReturnType<typeof load>>

let loading: Promise<TeamCrypto> | undefined

/** Loads libsodium, the first time that it is asked for. */
export function loadTeamCrypto(): Promise<TeamCrypto> {
  loading ??= load()
  return loading
}

/** libsodium throws where bytes cannot be opened or have a wrong length; to a reader of a batch, both are refusals. */
function attempt<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    return null
  }
}
