import type { Entry, Unsigned } from '../../shared/team/entry.ts'
import { KEY_BYTES } from './entry.ts'
import { concat, eightBytes, entryBytes, fourBytes, toContext, toText, uuidBytes } from './entry-form.ts'

/**
 * Everything cryptographic of a team, in one file that an outside reviewer can judge beside docs/team-protocol.md:
 * primitives come from libsodium, and only their composition is here. It is loaded when a profile belongs to a team.
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

/** What a key belongs to: a client, or the team as a whole, by its UUID; and which of its generations it is, from 1. */
export interface KeyName {
  readonly scope: string
  readonly generation: number
}

/** What a device that asks to be enrolled presents. */
export interface Knock {
  /** The head of the first entry of `team`. */
  readonly root: Uint8Array
  readonly invite: string
  readonly device: string
  readonly signKey: Uint8Array
  readonly boxKey: Uint8Array
  readonly login: string
}

/** Where a blob is kept: its stream, and the address that follows from what it contains. */
export interface BlobPlace {
  readonly stream: string
  readonly address: Uint8Array
}

/** Which client a summary is of, under which generation of its key, and when its author wrote it (milliseconds). */
export interface SummaryPlace {
  readonly stream: string
  readonly generation: number
  readonly at: number
}

const CONTEXT = {
  stream: toContext('castellan stream 1'),
  entry: toContext('castellan entry 1'),
  head: toContext('castellan head 1'),
  sealed: toContext('castellan sealed 1'),
  blob: toContext('castellan blob 1'),
  key: toContext('castellan key 1'),
  wrap: toContext('castellan wrap 1'),
  knock: toContext('castellan knock 1'),
  summary: toContext('castellan summary 1'),
}
/** The context of `crypto_kdf_derive_from_key`, which is eight characters; the numbers are those of the subkeys. */
const DERIVATION = 'cstlnkey'
const SUBKEY = { sign: 0, box: 1, entry: 2, blob: 3, address: 4, summary: 5 } as const
const NONCE_BYTES = 24
/** As PostgreSQL's own. */
const SCRAM_ROUNDS = 4096
const SCRAM_SALT_BYTES = 16
/** Operations of similar length look alike to the server. */
const PADDED_TO = 256

/** From the platform's generator, which libsodium uses too, but asks for four bytes at a time: 50 µs for a nonce. */
const createRandom = (bytes: number): Uint8Array => globalThis.crypto.getRandomValues(new Uint8Array(bytes))

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
  const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => sodium.crypto_hash_sha256(concat(...parts))
  const sealContext = (entry: Pick<Entry, 'stream' | 'op' | 'opHash'>): Uint8Array =>
    concat(CONTEXT.sealed, uuidBytes(entry.stream), uuidBytes(entry.op), entry.opHash)
  const blobContext = ({ stream, address }: BlobPlace): Uint8Array => concat(CONTEXT.blob, uuidBytes(stream), address)
  const summaryContext = ({ stream, generation, at }: SummaryPlace): Uint8Array =>
    concat(CONTEXT.summary, uuidBytes(stream), fourBytes(generation), eightBytes(at))
  const wrapContext = (name: KeyName, device: string): Uint8Array =>
    concat(CONTEXT.wrap, keyNameBytes(name), uuidBytes(device))
  const keyNameBytes = ({ scope, generation }: KeyName): Uint8Array => concat(uuidBytes(scope), fourBytes(generation))
  /** What an entry's signature and head cover: the previous head and every other field. */
  const digest = (previous: Uint8Array, entry: Unsigned): Uint8Array =>
    sha256(CONTEXT.entry, previous, entryBytes(entry, sha256(entry.sealed)))
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

    /** New keys of a device; those of a recovery code follow from its 32 bytes. */
    createDeviceKeys: (seed: Uint8Array = createRandom(KEY_BYTES)): DeviceKeys => ({
      sign: sodium.crypto_sign_seed_keypair(derive(seed, SUBKEY.sign)),
      box: sodium.crypto_box_seed_keypair(derive(seed, SUBKEY.box)),
    }),

    createKey: (): Uint8Array => createRandom(KEY_BYTES),

    /** SHA-256 of a text in UTF-8. */
    hashText: (text: string): Uint8Array => sha256(toText(text)),

    /**
     * What the first entry of a stream follows. `root` is the head of the first entry of `team`, and 32 zero bytes for
     * `team` itself: a stream belongs to one team.
     */
    startStream: (stream: string, root: Uint8Array): Uint8Array => sha256(CONTEXT.stream, uuidBytes(stream), root),

    /** The head of a stream after an entry. It commits to every byte of the entry, its signature included. */
    computeHead: (previous: Uint8Array, entry: Entry): Uint8Array =>
      sha256(CONTEXT.head, digest(previous, entry), entry.signature),

    signEntry: (previous: Uint8Array, entry: Unsigned, key: Uint8Array): Entry => ({
      ...entry,
      signature: sodium.crypto_sign_detached(concat(CONTEXT.entry, digest(previous, entry)), key),
    }),

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

    isSigned: (previous: Uint8Array, entry: Entry, signKey: Uint8Array): boolean =>
      attempt(() =>
        sodium.crypto_sign_verify_detached(entry.signature, concat(CONTEXT.entry, digest(previous, entry)), signKey),
      ) === true,

    /** Encrypts the text of an operation under a client's key, for one place in one stream. */
    sealText: (key: Uint8Array, place: Pick<Entry, 'stream' | 'op' | 'opHash'>, text: string): Uint8Array =>
      encrypt(derive(key, SUBKEY.entry), sodium.pad(toText(text), PADDED_TO), sealContext(place)),

    /** The bytes of an operation's text; null when the key, the place or a byte is another one. */
    openText: (key: Uint8Array, entry: Pick<Entry, 'stream' | 'op' | 'opHash' | 'sealed'>): Uint8Array | null => {
      const padded = decrypt(derive(key, SUBKEY.entry), entry.sealed, sealContext(entry))
      return padded === null ? null : attempt(() => sodium.unpad(padded, PADDED_TO))
    },

    /** The address of what a blob contains: HMAC-SHA-256 under a key that the server never has, so it can test no guess. */
    addressBlob: (key: Uint8Array, text: Uint8Array): Uint8Array =>
      sodium.crypto_auth_hmacsha256(text, derive(key, SUBKEY.address)),

    /** Encrypts a packed blob under a client's key, for its place. */
    sealBlob: (key: Uint8Array, place: BlobPlace, packed: Uint8Array): Uint8Array =>
      encrypt(derive(key, SUBKEY.blob), packed, blobContext(place)),

    /** A packed blob; null when the key, the place or a byte is another one. */
    openBlob: (key: Uint8Array, place: BlobPlace, sealed: Uint8Array): Uint8Array | null =>
      decrypt(derive(key, SUBKEY.blob), sealed, blobContext(place)),

    /** Encrypts the text of a summary under a client's key, for its place. */
    sealSummary: (key: Uint8Array, place: SummaryPlace, text: string): Uint8Array =>
      encrypt(derive(key, SUBKEY.summary), sodium.pad(toText(text), PADDED_TO), summaryContext(place)),

    /** The bytes of a summary's text; null when the key, the place or a byte is another one. */
    openSummary: (key: Uint8Array, place: SummaryPlace, sealed: Uint8Array): Uint8Array | null => {
      const padded = decrypt(derive(key, SUBKEY.summary), sealed, summaryContext(place))
      return padded === null ? null : attempt(() => sodium.unpad(padded, PADDED_TO))
    },

    signSummary: (place: SummaryPlace, sealed: Uint8Array, key: Uint8Array): Uint8Array =>
      sodium.crypto_sign_detached(concat(summaryContext(place), sha256(sealed)), key),

    isSummarySigned: (place: SummaryPlace, sealed: Uint8Array, signature: Uint8Array, signKey: Uint8Array): boolean =>
      attempt(() =>
        sodium.crypto_sign_verify_detached(signature, concat(summaryContext(place), sha256(sealed)), signKey),
      ) === true,

    /** What the signed history has of a key, so that the server cannot hand out one of its own. */
    commitKey: (name: KeyName, key: Uint8Array): Uint8Array => sha256(CONTEXT.key, keyNameBytes(name), key),

    /** All generations of a key, the first first, for one device: only its private box key opens them. */
    wrapKeys: (name: KeyName, device: string, boxKey: Uint8Array, keys: readonly Uint8Array[]): Uint8Array =>
      sodium.crypto_box_seal(concat(wrapContext(name, device), ...keys), boxKey),

    /**
     * The keys in a wrap; null when it is for another device or name. Anyone can make a wrap, so a key of it counts only
     * once it fits the commitment in the signed history.
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

    isSame: (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && sodium.memcmp(a, b),
  }
}

export type TeamCrypto = Awaited<ReturnType<typeof load>>

let loading: Promise<TeamCrypto> | undefined

/** Loads libsodium, the first time that it is asked for. */
export function loadTeamCrypto(): Promise<TeamCrypto> {
  loading ??= load()
  return loading
}

/** libsodium throws where bytes cannot be opened or have a wrong length; to a reader of an entry, both are refusals. */
function attempt<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    return null
  }
}
