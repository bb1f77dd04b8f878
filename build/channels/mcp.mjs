import { createWriteStream, statSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

import { ZipFile } from 'yazl'

import { TOOLS } from '../../electron/cli/mcp/tools.ts'
import { filesUnder } from '../freshness.mjs'

/** The form of `server.json` (github.com/modelcontextprotocol/registry, docs/reference/server-json). */
export const SERVER_SCHEMA = 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json'

/** At most 100 characters, the limit of the registry. */
const ABOUT = 'Who holds which role, project and key at AI providers. Read-only, offline, one client.'

/** The earliest time that a zip file can have: the same files give the same bundle, in any time zone. */
const TIME = new Date(1980, 0, 1)

/**
 * Writes the entry for the registry of the Model Context Protocol: the bundles of a version and where they are.
 * @param {import('./release.mjs').Release} release
 */
export function writeServerJson(release) {
  const { name, productName, version, homepage, files } = release
  const bundles = files.filter(({ kind }) => kind.startsWith('mcpb-'))
  const packages = bundles.map(({ url, sha256 }) => {
    return { registryType: 'mcpb', identifier: url, version, fileSha256: sha256, transport: { type: 'stdio' } }
  })
  const server = {
    $schema: SERVER_SCHEMA,
    name: `app.castellan/${name}`,
    title: productName,
    description: ABOUT,
    version,
  }
  return [['mcp/server.json', `${JSON.stringify({ ...server, websiteUrl: homepage, packages }, null, 2)}\n`]]
}

/**
 * The manifest of a bundle (github.com/modelcontextprotocol/mcpb, MANIFEST.md, version 0.3): how an assistant starts the terminal
 * program that is in it, and which tools it offers. The person names the client at the installation.
 * @param {import('./release.mjs').Release} release
 * @param {{ platform: string }} target
 */
export function writeBundleManifest(release, { platform }) {
  const node = platform === 'win32' ? 'server/bin/node.exe' : 'server/bin/node'
  const manifest = {
    manifest_version: '0.3',
    name: release.name,
    display_name: release.productName,
    version: release.version,
    description: ABOUT,
    long_description: release.description,
    author: { name: release.publisher, url: release.homepage },
    homepage: release.homepage,
    icon: 'icon.png',
    server: {
      type: 'binary',
      entry_point: node,
      mcp_config: {
        command: `\${__dirname}/${node}`,
        args: ['${__dirname}/server/out/node/cli.js', 'mcp', '--client', '${user_config.client}'],
      },
    },
    tools: TOOLS.map(({ name, about }) => ({ name, description: about })),
    keywords: ['access', 'governance', 'review', 'api keys'],
    license: release.licence,
    compatibility: { platforms: [platform] },
    user_config: {
      client: {
        type: 'string',
        title: 'Client',
        description: 'The short name of the client that is answered about, as castellan client list shows it',
        required: true,
      },
    },
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}

/**
 * Writes a bundle: the terminal program with its Node (`terminal`, as `stage` of build/pack makes it), the manifest and the icon.
 * @param {{ terminal: string, manifest: string, icon: string, to: string }} parts
 */
export async function writeBundle({ terminal, manifest, icon, to }) {
  const zip = new ZipFile()
  const options = { mtime: TIME, forceDosTimestamp: true }
  zip.addBuffer(Buffer.from(manifest), 'manifest.json', { ...options, mode: 0o100_644 })
  zip.addFile(icon, 'icon.png', { ...options, mode: 0o100_644 })
  const files = filesUnder(terminal, '.').map((file) => file.slice(2))
  for (const file of files.toSorted()) {
    const isProgram = (statSync(join(terminal, file)).mode & 0o111) !== 0
    zip.addFile(join(terminal, file), `server/${file}`, { ...options, mode: isProgram ? 0o100_755 : 0o100_644 })
  }
  zip.end()
  await pipeline(zip.outputStream, createWriteStream(to))
}
