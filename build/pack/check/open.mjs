import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'

const options = { stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 64 * 2 ** 20 }
const run = (program, args, cwd) => execFileSync(program, args, { ...options, cwd })

/** How the content of each kind of package is taken out of its file into the working folder. */
const FORMATS = [
  ['.deb', (file, top) => run('dpkg-deb', ['--extract', file, '.'], top)],
  ['.AppImage', (file, top) => run(file, ['--appimage-extract'], top)],
  ['.tar.gz', (file, top) => run('tar', ['-xzf', file], top)],
  ['.zip', (file, top) => run('unzip', ['-q', file], top)],
  ['.exe', openInstaller],
]

/** True if a file is a package that `openPackage` knows. */
export function isPackage(file) {
  return FORMATS.some(([ending]) => file.endsWith(ending))
}

/**
 * Takes the content of a package out of its file into a folder. `program` is the folder of the application in it, `resources`
 * what is beside its archive; `top` is the folder itself. Throws where the file cannot be opened or has no application.
 */
export function openPackage(file, top) {
  mkdirSync(top, { recursive: true })
  const format = FORMATS.find(([ending]) => file.endsWith(ending))
  if (format === undefined) throw new Error(`${basename(file)} is not a package that is known here.`)
  format[1](file, top)
  return { kind: format[0].slice(1), file, ...findProgram(top) }
}

function openInstaller(file, top) {
  const parts = join(top, 'parts')
  run('7z', ['x', '-y', `-o${parts}`, file], top)
  const plugins = join(parts, '$PLUGINSDIR')
  const [archive] = readdirSync(plugins).filter((name) => /^app-.*\.7z$/u.test(name))
  if (archive === undefined) throw new Error(`${basename(file)} installs no application.`)
  run('7z', ['x', '-y', `-o${join(top, 'application')}`, join(plugins, archive)], top)
}

function findProgram(top) {
  const folders = ['usr/lib/castellan', 'squashfs-root', 'application', '.', ...readdirSync(top)]
  for (const program of folders.map((folder) => join(top, folder))) {
    for (const resources of ['resources', 'Contents/Resources'].map((folder) => join(program, folder))) {
      if (existsSync(join(resources, 'app.asar'))) return { top, program, resources }
    }
  }
  throw new Error(`${top} has no application.`)
}
