import { execFileSync } from 'node:child_process'
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'

import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { openPromise } from 'yauzl'

/** A client of the sample agency, as a person would name it at the installation. */
const CLIENT = 'acme-corp'

/**
 * Installs the bundle of this system as an assistant does and asks it: the tools have to be those of its manifest, and one has to
 * answer about the sample agency. It runs with an empty home and no Node on the path. Throws with what was seen.
 * @param {string} bundle its path
 */
export async function checkBundle(bundle) {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-bundle-'))
  try {
    await unpack(bundle, folder)
    const { server, tools } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))
    const fill = (text) => text.replaceAll('${__dirname}', folder).replaceAll('${user_config.client}', CLIENT)
    const { command, args } = server.mcp_config
    const env = { PATH: '/usr/bin:/bin', HOME: folder }
    execFileSync(fill(command), [fill(args[0]), 'sample', '--quiet'], { env, cwd: folder })
    const client = new Client({ name: 'check', version: '1.0.0' })
    await client.connect(new StdioClientTransport({ command: fill(command), args: args.map(fill), env, cwd: folder }))
    try {
      const offered = (await client.listTools()).tools.map(({ name }) => name).join(' ')
      const named = tools.map(({ name }) => name).join(' ')
      if (offered !== named) throw new Error(`The bundle offers ${offered}, and its manifest names ${named}.`)
      const { isError, content } = await client.callTool({ name: 'due', arguments: {} })
      if (isError === true || !content[0].text.includes('<<<data'))
        throw new Error(`It did not answer: ${content[0].text}`)
    } finally {
      await client.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Unpacks a zip file with the modes that are in it. */
async function unpack(path, folder) {
  const zip = await openPromise(path)
  for await (const entry of zip.eachEntry()) {
    const to = join(folder, entry.fileName)
    mkdirSync(dirname(to), { recursive: true })
    const mode = (entry.externalFileAttributes >>> 16) & 0o777
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(to, { mode }))
  }
}
