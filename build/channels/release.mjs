import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { parse } from 'yaml'
import { z } from 'zod'

/** The names that electron-builder gives to what it packs, and `npm run dist:manifests` to bundles, by kind and processor. */
const NAMES = {
  'deb-x64': ({ name, version }) => `${name}_${version}_amd64.deb`,
  'deb-arm64': ({ name, version }) => `${name}_${version}_arm64.deb`,
  'nsis-x64': ({ productName, version }) => `${productName}-${version}-win-x64.exe`,
  'dmg-x64': ({ productName, version }) => `${productName}-${version}-mac-x64.dmg`,
  'dmg-arm64': ({ productName, version }) => `${productName}-${version}-mac-arm64.dmg`,
  'mcpb-linux-x64': ({ name, version }) => `${name}-${version}-linux-x64.mcpb`,
  'mcpb-linux-arm64': ({ name, version }) => `${name}-${version}-linux-arm64.mcpb`,
  'mcpb-darwin-x64': ({ name, version }) => `${name}-${version}-darwin-x64.mcpb`,
  'mcpb-darwin-arm64': ({ name, version }) => `${name}-${version}-darwin-arm64.mcpb`,
  'mcpb-win32-x64': ({ name, version }) => `${name}-${version}-win32-x64.mcpb`,
}

export const KINDS = Object.keys(NAMES)

const PackageFile = z.strictObject({
  kind: z.enum(KINDS),
  name: z.string().min(1),
  url: z.url({ protocol: /^https$/u }),
  bytes: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/u),
})

/** The source of every manifest: the product and the files of one version. */
const Release = z.strictObject({
  id: z.literal('app.castellan.Castellan'),
  name: z.literal('castellan'),
  productName: z.literal('Castellan'),
  publisher: z.string().min(2),
  maintainer: z.string().regex(/^.+ <[^<>@]+@[^<>@]+>$/u),
  copyright: z.string().min(3),
  licence: z.literal('MIT'),
  version: z.string().regex(/^\d+\.\d+\.\d+$/u),
  /** One line, for lists of packages. At most 80 characters, the limit of Homebrew. */
  synopsis: z.string().max(80).regex(/[^.]$/u),
  /** Some sentences, for the page of a package. */
  description: z.string().min(80),
  homepage: z.url(),
  files: z.array(PackageFile),
})

/** @typedef {z.output<typeof Release>} Release */
/** @typedef {z.output<typeof PackageFile>} PackageFile */

/** Names a package of this product, such as `castellan_0.1.0_amd64.deb`. */
export function nameFile(product, kind) {
  return NAMES[kind](product)
}

/**
 * The release that `package.json` and `electron-builder.yml` describe, with the files of it that are in a folder. Throws where a
 * fact is missing or has another form.
 * @returns {Release}
 */
export function readRelease(root, folder) {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const builder = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8'))
  const { name, version, description, author, license } = manifest
  const { productName, appId, copyright } = builder
  const { homepage } = builder.extraMetadata
  const product = { name, version, productName }
  const files = KINDS.flatMap((kind) => {
    const file = nameFile(product, kind)
    const path = join(folder, file)
    if (!existsSync(path)) return []
    const url = new URL(`releases/v${version}/${encodeURIComponent(file)}`, `${homepage}/`).href
    return { kind, name: file, url, bytes: statSync(path).size, sha256: hashFile(path) }
  })
  return Release.parse({
    ...product,
    id: appId,
    publisher: author,
    maintainer: builder.deb.maintainer,
    copyright,
    licence: license,
    synopsis: builder.linux.synopsis,
    description,
    homepage,
    files,
  })
}

function hashFile(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}

/** The file of a kind. Throws when the release has none: a channel names beforehand which kinds it needs. */
export function findFile({ files }, kind) {
  const file = files.find((each) => each.kind === kind)
  if (file === undefined) throw new Error(`The release has no file of the kind ${kind}.`)
  return file
}
