import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

import { newFolder } from './packs.ts'

const SEALS = ['rows.sha256', 'manifest.sha256', 'head.txt', 'head.sig']

const sha256 = (data: Buffer | string): string => createHash('sha256').update(data).digest('hex')

/**
 * A copy of a pack with some files edited, added, or left out (null), sealed again throughout and signed with another key, as a
 * forger would.
 */
export function resigned(pack: string, edits: Readonly<Record<string, ((text: string) => string) | null>>): string {
  const folder = join(newFolder(), basename(pack))
  cpSync(pack, folder, { recursive: true })
  const read = (name: string): Buffer => readFileSync(join(folder, name))
  for (const [name, edit] of Object.entries(edits)) {
    const path = join(folder, name)
    if (edit === null) rmSync(path)
    else writeFileSync(path, edit(existsSync(path) ? read(name).toString('utf8') : ''))
  }
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  writeFileSync(join(folder, 'public-key.pem'), publicKey.export({ format: 'pem', type: 'spki' }))
  const files = readdirSync(folder)
    .filter((name) => !SEALS.includes(name))
    .sort()
  const rows = files.flatMap((name) =>
    read(name)
      .toString('utf8')
      .split(/(?<=\n)/u)
      .filter((line) => line !== '')
      .map((line, index) => `${sha256(line)}  ${name}:${index + 1}\n`),
  )
  writeFileSync(join(folder, 'rows.sha256'), rows.join(''))
  const manifest = [...files, 'rows.sha256'].sort().map((name) => `${sha256(read(name))}  ${name}\n`)
  writeFileSync(join(folder, 'manifest.sha256'), manifest.join(''))
  const fingerprint = sha256(publicKey.export({ format: 'der', type: 'spki' }))
  const head = read('head.txt')
    .toString('utf8')
    .replace(/^[0-9a-f]{64}/u, sha256(manifest.join('')))
    .replace(/(?<=^# public key: ).*$/mu, fingerprint)
  writeFileSync(join(folder, 'head.txt'), head)
  writeFileSync(join(folder, 'head.sig'), sign(null, Buffer.from(head), privateKey))
  return folder
}

/** The folder's `decisions.jsonl`, or any file, with the nth line (from 1) edited. */
export function onLine(n: number, edit: (line: string) => string): (text: string) => string {
  return (text) =>
    text
      .split('\n')
      .map((line, index) => (index === n - 1 ? edit(line) : line))
      .join('\n')
}
