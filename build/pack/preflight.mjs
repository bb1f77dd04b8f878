/** The flags by which electron-builder takes a system, and its word in the configuration. */
const FLAGS = {
  '--linux': 'linux',
  '-l': 'linux',
  '--mac': 'mac',
  '--macos': 'mac',
  '-m': 'mac',
  '-o': 'mac',
  '--win': 'win',
  '--windows': 'win',
  '-w': 'win',
}

const HOSTS = { linux: 'linux', darwin: 'mac', win32: 'win' }

/**
 * The packages that electron-builder would make for its arguments, as pairs of a system and a target: those after the flag of a
 * system, else those of the configuration. Without a system, it is that of this machine.
 * @param {string[]} args
 * @param {Record<string, { readonly target?: string | string[] } | undefined>} configuration
 * @param {NodeJS.Platform} host
 * @returns {[system: string, target: string][]}
 */
export function findAsked(args, configuration, host) {
  const asked = new Map()
  let system = null
  for (const arg of args) {
    if (arg in FLAGS) {
      system = FLAGS[arg]
      if (!asked.has(system)) asked.set(system, [])
    } else if (arg.startsWith('-')) system = null
    else if (system !== null) asked.get(system).push(arg.split(':')[0])
  }
  if (asked.size === 0) asked.set(HOSTS[host] ?? host, [])
  return [...asked].flatMap(([each, targets]) => {
    const configured = [configuration[each]?.target ?? []].flat()
    return (targets.length > 0 ? targets : configured).map((target) => [each, target])
  })
}

/**
 * Why packages cannot be made on this machine, one sentence each with what to do instead.
 * @param {[system: string, target: string][]} asked
 * @param {{ host: NodeJS.Platform, isOnPath: (command: string) => boolean }} machine
 */
export function findRefused(asked, { host, isOnPath }) {
  return asked.flatMap(([system, target]) => {
    if (target === 'dir') return []
    if (system === 'mac' && host !== 'darwin') {
      return [
        `${target} for macOS: what is changed in Electron has to be signed again, at least for this machine (codesign), or a Mac ` +
          'does not start it. Make it on macOS.',
      ]
    }
    if (target === 'deb' && (host === 'win32' || !isOnPath('dpkg-deb'))) {
      return [`deb: a Debian package is made by dpkg-deb. Make it on Debian or Ubuntu, or install the package dpkg.`]
    }
    if (['rpm', 'pacman', 'apk', 'freebsd', 'p5p', 'sh'].includes(target)) {
      return [
        `${target}: of packages for Linux distributions, only Debian's are made here. Take deb, AppImage or tar.gz.`,
      ]
    }
    if (target === 'nsis' && host === 'linux' && !isOnPath('wine')) {
      return [
        'nsis: the installer for Windows writes its uninstaller by running once. Make it on Windows, or install wine ' +
          '(apt-get install wine). The zip for Windows needs neither: npm run dist -- --win zip',
      ]
    }
    return []
  })
}
