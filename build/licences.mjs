import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Packages beside the bundles instead of in them; their licences are in their own folders. */
const BESIDE = ['better-sqlite3', '@napi-rs/keyring', 'playwright-core']

const ENGINE = `Electron and Chromium, which the desktop application runs on, have their licences in the files LICENSE and
LICENSES.chromium.html beside the program. SQLite is in the public domain.`

const LICENCE_FILE = /^licen[cs]e(?:\.(?:md|txt))?$/iu

/**
 * Writes the licences of Castellan and of every package in it or beside it as one text for the window, each package once.
 * @param {string} root
 * @param {string} out
 */
export function writeLicences(root, out) {
  const bundled = ['renderer/licenses.md', ...['main', 'node'].flatMap((part) => listFiles(out, `${part}/licenses`))]
  const packages = new Map(bundled.flatMap((file) => parsePackages(readFileSync(join(out, file), 'utf8'))))
  for (const name of BESIDE) packages.set(...readPackage(root, name))
  const own = readFileSync(join(root, 'LICENSE'), 'utf8').trim()
  const others = [...packages]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([heading, text]) => `${'='.repeat(80)}\n${heading}\n${'='.repeat(80)}\n\n${text}`)
  writeFileSync(join(out, 'renderer/licenses.txt'), `${[`Castellan\n\n${own}`, ENGINE, ...others].join('\n\n')}\n`)
}

function listFiles(out, folder) {
  return readdirSync(join(out, folder)).map((name) => `${folder}/${name}`)
}

/**
 * The packages of a list that the bundler wrote: a heading such as `## zod - 4.6.7 (MIT)`, then the licence. A line of a
 * licence may begin with the same two signs, so a heading is one that names a version.
 * @param {string} list
 * @returns {[heading: string, text: string][]}
 */
export function parsePackages(list) {
  const [, ...sections] = list.split(/^## (?=.+ - \d\S* \(.+\)$)/mu)
  return sections.map((section) => {
    const [heading = '', ...lines] = section.split('\n')
    return [heading.trim(), lines.join('\n').trim()]
  })
}

function readPackage(root, name) {
  const folder = join(root, 'node_modules', name)
  const { license, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((entry) => LICENCE_FILE.test(entry))
  const text = file === undefined ? `Licence: ${license}` : readFileSync(join(folder, file), 'utf8').trim()
  return [`${name} - ${version} (${license})`, text]
}
