/** The file of a native module that lists the crates it is compiled from, with a table of names, versions and licences. */
export const CRATES_FILE = 'LICENSE.third-party.md'

/** The crates and the vendored C libraries that such a file lists. */
export function parseCrates(text) {
  const rows = [...text.matchAll(/^\| ([\w-]+) \| (\d+\.\d+\.\d+\S*) \| ([^|]+) \|$/gmu)]
  const vendored = [...text.matchAll(/^## (\S+) (\d[\d.]*) \(vendored C library\)$/gmu)]
  return {
    crates: rows.map(([, name, version, license]) => ({ name, version, license: license.trim() })),
    vendored: vendored.map(([, name, version]) => ({ name, version })),
  }
}

/**
 * Lists the dependencies of each component of a bill: npm packages by the lock file, as far as the bill has them.
 * @param {Record<string, { name?: string, version?: string, dependencies?: object, optionalDependencies?: object }>} locked the packages of the lock file
 * @param {(name: string, version: string) => string | undefined} find the reference of a package in the bill
 * @returns {Map<string, Set<string>>}
 */
export function listDependencies(locked, find) {
  const graph = new Map()
  for (const [path, entry] of Object.entries(locked)) {
    const from = path === '' ? undefined : findEntry(path, entry, find)
    if (from === undefined) continue
    const known = graph.get(from) ?? new Set()
    for (const name of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) {
      const place = resolvePlace(locked, path, name)
      const to = place === null ? undefined : findEntry(place, locked[place], find)
      if (to !== undefined) known.add(to)
    }
    graph.set(from, known)
  }
  return graph
}

function findEntry(path, { name = path.replace(/^.*node_modules\//u, ''), version }, find) {
  return find(name, version)
}

/** Where Node finds a package that another one names: in the nearest folder of modules. */
function resolvePlace(locked, from, name) {
  let folder = from
  for (;;) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`
    if (locked[place] !== undefined) return place
    if (folder === '') return null
    const at = folder.lastIndexOf('/node_modules/')
    folder = at === -1 ? '' : folder.slice(0, at)
  }
}
