import { NODE_PACKAGES } from '../project-node.mjs'

const KEYRING = {
  linux: (arch) => `linux-${arch}-gnu`,
  darwin: (arch) => `darwin-${arch}`,
  win32: (arch) => `win32-${arch}-msvc`,
}

/**
 * Targets whose terminal program is that of another: npm has no Node 24 for Windows on ARM, and Windows 11 runs programs for
 * x64 there. A process loads native modules of its own processor only, so its modules are those of x64 too.
 */
const TERMINAL_OF = { 'win32-arm64': 'win32-x64' }

export const PLATFORMS = ['linux', 'darwin', 'win32']
export const ARCHS = ['x64', 'arm64']

/**
 * A system and processor that packages are made for, by the words that Node has for them, with the packages and files of its
 * native modules, and those of its terminal program. Throws for what no package is made for.
 * @param {string} platform
 * @param {string} arch
 */
export function findTarget(platform, arch) {
  if (!PLATFORMS.includes(platform) || !ARCHS.includes(arch)) {
    throw new Error(
      `No package is made for ${platform} on ${arch}: the systems are ${PLATFORMS.join(', ')}, the processors ${ARCHS.join(', ')}.`,
    )
  }
  const name = `${platform}-${arch}`
  const terminal = TERMINAL_OF[name] ?? name
  return {
    name,
    platform,
    arch,
    ...modules(name),
    terminal: { name: terminal, arch: terminal.split('-')[1], node: NODE_PACKAGES[terminal], ...modules(terminal) },
  }
}

/** Every target, in the order of `PLATFORMS` and `ARCHS`. */
export const TARGETS = PLATFORMS.flatMap((platform) => ARCHS.map((arch) => findTarget(platform, arch)))

/** The names of the native binaries of a target, by the packages that hold them. */
function modules(name) {
  const [platform, arch] = name.split('-')
  const keyring = KEYRING[platform](arch)
  return {
    prebuild: `better-sqlite3/prebuilds/${name}.node`,
    keyring: `@napi-rs/keyring-${keyring}`,
    binding: `@napi-rs/keyring-${keyring}/keyring.${keyring}.node`,
  }
}
