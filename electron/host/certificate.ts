import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto'
import { isIP, isIPv6 } from 'node:net'
import { DAY_MS } from '../../shared/domain/day.ts'

/** A certificate (RFC 5280) and its key, in PEM. */
export interface CertificateAndKey {
  readonly certificate: string
  readonly key: string
}

const AUTHORITY_DAYS = 7300
/** Devices check the authority; the certificate itself is renewed long before it ends. */
const SERVER_DAYS = 730

const OID = {
  commonName: '550403',
  ecdsaWithSha256: '2a8648ce3d040302',
  subjectKey: '551d0e',
  keyUsage: '551d0f',
  names: '551d11',
  constraints: '551d13',
  authorityKey: '551d23',
  extendedUsage: '551d25',
  serverAuth: '2b06010505070301',
}

/** A value in DER (X.690): its tag, length and parts. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  if (body.length < 128) return Buffer.concat([Buffer.from([tag, body.length]), body])
  const size = Buffer.from(body.length.toString(16).padStart(body.length > 0xff ? 4 : 2, '0'), 'hex')
  return Buffer.concat([Buffer.from([tag, 0x80 | size.length]), size, body])
}

const list = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts)
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'))
const octets = (...parts: readonly Uint8Array[]): Buffer => der(0x04, ...parts)
const TRUE = der(0x01, Buffer.from([0xff]))
const ALGORITHM = list(oid(OID.ecdsaWithSha256))

const toName = (name: string): Buffer => list(der(0x31, list(oid(OID.commonName), der(0x0c, Buffer.from(name)))))

/** Two digits of the year until 2049, and four after it. */
function toTime(ms: number): Buffer {
  const text = new Date(ms).toISOString().replaceAll(/[-:T]|\.\d+/gu, '')
  return text < '2050' ? der(0x17, Buffer.from(text.slice(2))) : der(0x18, Buffer.from(text))
}

const extension = (id: string, isCritical: boolean, value: Uint8Array): Buffer =>
  list(oid(id), ...(isCritical ? [TRUE] : []), octets(value))

/** The first 20 bytes of the SHA-256 of the key (RFC 7093). */
const nameKey = (key: KeyObject): Buffer =>
  createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest()
    .subarray(0, 20)

function toAddress(address: string): Buffer {
  if (!isIPv6(address)) return Buffer.from(address.split('.').map(Number))
  const [before = '', after] = address.split('::')
  const toParts = (text: string | undefined): string[] =>
    text ? text.split(':').map((part) => part.padStart(4, '0')) : []
  const [first, last] = [toParts(before), toParts(after)]
  const zeros = Array.from<string>({ length: 8 - first.length - last.length }).fill('0000')
  return Buffer.from([...first, ...zeros, ...last].join(''), 'hex')
}

const toPem = (bytes: Uint8Array): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(bytes)
    .toString('base64')
    .replaceAll(/.{64}/gu, '$&\n')
    .trim()}\n-----END CERTIFICATE-----\n`

interface Terms {
  readonly subject: string
  readonly issuer: string
  readonly key: KeyObject
  readonly issuerKey: KeyObject
  readonly now: number
  readonly days: number
  readonly extensions: readonly Buffer[]
}

function certify({ subject, issuer, key, issuerKey, now, days, extensions }: Terms): string {
  const serial = randomBytes(16)
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40
  const publicKey = createPublicKey(key)
  const keys = [
    extension(OID.subjectKey, false, octets(nameKey(publicKey))),
    extension(OID.authorityKey, false, list(der(0x80, nameKey(createPublicKey(issuerKey))))),
  ]
  const body = list(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    ALGORITHM,
    toName(issuer),
    // A day earlier, for clocks that are late.
    list(toTime(now - DAY_MS), toTime(now + days * DAY_MS)),
    toName(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, list(...extensions, ...keys)),
  )
  return toPem(list(body, ALGORITHM, der(0x03, Buffer.from([0]), sign('sha256', body, issuerKey))))
}

const createKey = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const toKeyPem = (key: KeyObject): string => String(key.export({ type: 'pkcs8', format: 'pem' }))

const AUTHORITY_NAME = 'Castellan team host'

/** An authority of its own, which certifies one server. `now`: milliseconds. */
export function createAuthority(now: number): CertificateAndKey {
  const key = createKey()
  const extensions = [
    extension(OID.constraints, true, list(TRUE, der(0x02, Buffer.from([0])))),
    // To certify, and to revoke.
    extension(OID.keyUsage, true, der(0x03, Buffer.from([1, 0x06]))),
  ]
  const named = { subject: AUTHORITY_NAME, issuer: AUTHORITY_NAME }
  return {
    certificate: certify({ ...named, key, issuerKey: key, now, days: AUTHORITY_DAYS, extensions }),
    key: toKeyPem(key),
  }
}

/** A certificate of a server under its names and addresses, of which the first is its own. `now`: milliseconds. */
export function createServerCertificate(
  authority: CertificateAndKey,
  names: readonly string[],
  now: number,
): CertificateAndKey {
  const key = createKey()
  const shown = names.map((name) => (isIP(name) === 0 ? der(0x82, Buffer.from(name)) : der(0x87, toAddress(name))))
  const extensions = [
    extension(OID.constraints, true, list()),
    // To sign the exchange of keys.
    extension(OID.keyUsage, true, der(0x03, Buffer.from([7, 0x80]))),
    extension(OID.extendedUsage, false, list(oid(OID.serverAuth))),
    extension(OID.names, false, list(...shown)),
  ]
  const named = { subject: names[0] ?? 'localhost', issuer: AUTHORITY_NAME }
  const issuerKey = createPrivateKey(authority.key)
  return { certificate: certify({ ...named, key, issuerKey, now, days: SERVER_DAYS, extensions }), key: toKeyPem(key) }
}
