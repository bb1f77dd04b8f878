/** The layers ("rooms") and what each may import. Shared by the lint rule and by the test that reads import lines. */

export const ROOMS = [
  ['shared/', 'shared'],
  ['electron/main.ts', 'main'],
  ['electron/preload.ts', 'preload'],
  ['electron/shell/', 'shell'],
  ['electron/service/', 'service'],
  ['electron/register/', 'register'],
  ['electron/providers/', 'providers'],
  ['electron/secrets/', 'secrets'],
  ['electron/team/', 'team'],
  ['electron/host/', 'host'],
  ['electron/files/', 'files'],
  ['electron/cli/', 'cli'],
  ['electron/open.ts', 'main'],
  ['renderer/', 'renderer'],
]

/** The rooms from which each may import. */
export const ALLOWED = {
  shared: ['shared'],
  renderer: ['renderer', 'shared'],
  preload: ['shared'],
  files: ['files', 'shared'],
  register: ['register', 'files', 'shared'],
  providers: ['providers', 'shared'],
  secrets: ['secrets', 'files', 'shared'],
  host: ['host', 'files', 'shared'],
  team: ['team', 'host', 'shared'],
  service: ['service', 'register', 'providers', 'secrets', 'team', 'host', 'files', 'shared'],
  shell: ['shell', 'shared'],
  cli: ['cli', 'service', 'host', 'shared'],
  main: ['main', 'shell', 'service', 'cli', 'shared'],
}

/**
 * The floors inside a layer, lowest first: a file imports from its own floor and from those below, types included. A
 * floor is a list of path prefixes; `REST` is everything that no other floor of its layer names.
 */
export const REST = ''
export const FLOORS = {
  'shared/': [['domain/'], ['nouns/'], ['contract/'], ['decisions/', 'report/', 'team/']],
  'renderer/': [['ui/', 'charts/'], ['data/'], ['entities/'], ['features/'], [REST]],
  'electron/providers/': [['kit/'], [REST], ['registry.ts']],
  'electron/register/': [
    ['schema/'],
    ['db/'],
    ['facts/'],
    [REST],
    ['read/'],
    ['open.ts', 'derive-again.ts'],
    ['team/'],
  ],
  'electron/team/': [['form.ts'], ['crypto.ts', 'server.ts'], [REST], ['postgres/']],
  'electron/service/': [['kit/'], ['log/', 'profile/'], ['core/'], ['files-in/', 'files-out/'], [REST], ['process/']],
  'electron/shell/': [[REST], ['chromium/', 'electron/']],
  'electron/cli/': [['kit/'], ['completion/', 'mcp/'], ['verbs/'], [REST]],
}

/** Packages that a room may use. Rooms that are not listed may use any; `node:` counts as a package. */
const PACKAGES = {
  shared: ['zod', '@orpc/contract', '@orpc/client', 'yaml', 'fastest-levenshtein'],
  preload: ['electron'],
  team: ['pg', 'libsodium-wrappers-sumo', 'zod', 'node:crypto', 'node:zlib'],
}

/** The room of a file by its path from the root, with forward slashes; null for tests and the build. */
export function findRoom(path) {
  return ROOMS.find(([prefix]) => path.startsWith(prefix))?.[1] ?? null
}

/** Packages that documents are also made with: pure libraries that need neither Node nor a window. */
const REPORT_PACKAGES = [
  'mdast',
  'hast',
  'mdast-util-to-markdown',
  'mdast-util-gfm',
  'mdast-util-to-hast',
  'hast-util-to-html',
  'ical-generator',
]

/** The terminal shows no window, but prints PDFs with an installed browser: it may import that part of the shell. */
export const OF_SHELL_FOR_CLI = ['electron/shell/chromium/find.ts', 'electron/shell/chromium/print.ts']

/** Why a file in a room may not import a target (a path from the root, or a package's name); null when it may. */
export function mayImport(from, room, target) {
  const targetRoom = findRoom(target)
  if (targetRoom !== null) {
    if (room === 'cli' && OF_SHELL_FOR_CLI.includes(target)) return null
    if (!ALLOWED[room].includes(targetRoom)) return `${room} may not import ${targetRoom} (${from} → ${target})`
    return climbs(from, target) ? `imports point down inside a layer (${from} → ${target})` : null
  }
  if (target.startsWith('node:') && room === 'renderer') return `renderer runs without Node (${from} → ${target})`
  if (
    target === 'electron' &&
    !['main', 'preload'].includes(room) &&
    from !== 'electron/shell/electron/shell.ts' &&
    !from.startsWith('electron/shell/electron/')
  ) {
    return `only the Electron shell imports electron, since elsewhere the import starts a download (${from})`
  }
  if ((target === 'playwright-core' || target.startsWith('playwright-core/')) && room !== 'shell') {
    return `only the Chromium shell drives a browser (${from})`
  }
  if (target === 'electron-store' && room !== 'shell') return `electron-store runs inside Electron only (${from})`
  if ((target === 'pg' || target.startsWith('pg/')) && !from.startsWith('electron/team/postgres/')) {
    return `only electron/team/postgres/ speaks to PostgreSQL (${from})`
  }
  if (target.startsWith('libsodium') && !/^electron\/team\/crypto\.ts$/u.test(from)) {
    return `only electron/team/crypto.ts composes cryptography for a team, so that one file can be reviewed (${from})`
  }
  if (target === 'node:crypto' && room === 'team' && from !== 'electron/team/crypto.ts') {
    return `only electron/team/crypto.ts composes cryptography for a team, so that one file can be reviewed (${from})`
  }
  const packages = from.startsWith('shared/report/') ? [...PACKAGES.shared, ...REPORT_PACKAGES] : PACKAGES[room]
  if (packages && !packages.some((name) => target === name || target.startsWith(`${name}/`))) {
    return `${room} may not use ${target}; it may use ${packages.join(', ')} (${from})`
  }
  return null
}

/** True if an import inside one layer goes from a lower floor to a higher one. */
function climbs(from, target) {
  const layer = Object.keys(FLOORS).find((prefix) => from.startsWith(prefix) && target.startsWith(prefix))
  return layer !== undefined && findFloor(layer, from) < findFloor(layer, target)
}

function findFloor(layer, path) {
  const inside = path.slice(layer.length)
  const named = FLOORS[layer].findIndex((floor) => floor.some((prefix) => prefix !== REST && inside.startsWith(prefix)))
  return named === -1 ? FLOORS[layer].findIndex((floor) => floor.includes(REST)) : named
}
