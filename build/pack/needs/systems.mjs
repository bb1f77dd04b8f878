/**
 * The systems that packages are made for. `npm run dist` refuses a package with a binary that needs more than these, the table in
 * docs/install.md shows them, and `npm run dist:check` compares them with what the binaries of all packages need.
 */
export const SYSTEMS = {
  linux: { versions: { GLIBC: '2.34', GLIBCXX: '3.4.29', CXXABI: '1.3.11', GCC: '4.2.0' } },
  darwin: { minimum: '13.5' },
  win32: { minimum: '10.0.17763' },
}

/** The libraries that each system has by itself, as far as the binaries of Castellan name them. */
const OWN = {
  linux: /^(?:lib(?:c|m|dl|pthread|rt)\.so\.\d+|ld-linux-[\w-]+\.so\.\d+|libgcc_s\.so\.1|libstdc\+\+\.so\.6)$/u,
  darwin: /^(?:\/usr\/lib\/|\/System\/Library\/)/u,
  win32:
    /^(?:(?:advapi32|bcryptprimitives|crypt32|dbghelp|iphlpapi|kernel32|ntdll|ole32|oleaut32|shell32|user32|userenv|winmm|ws2_32)\.dll|api-ms-win-[\w-]+\.dll)$/u,
}

/** The program that loads a module, which the module names as a library. */
const HOST = 'node.exe'

/**
 * Microsoft's Visual C++ runtime, which Windows does not bring. No npm package has it as Microsoft publishes it, so it is not in a
 * package: the installer, winget and the notice of the keychain name it.
 */
export const VISUAL_CPP = {
  libraries: ['vcruntime140.dll'],
  winget: 'Microsoft.VCRedist.2015+.x64',
  page: 'https://aka.ms/vs/17/release/vc_redist.x64.exe',
}

/** True if a library that a binary names is on every supported system, or named to people as a thing to install. */
export function isProvided(platform, library) {
  return OWN[platform].test(library) || (platform === 'win32' && [HOST, ...VISUAL_CPP.libraries].includes(library))
}

/** The versions of GCC whose libstdc++ has each version of its symbols first (libstdc++ manual, ABI Policy and Guidelines). */
const GCC_OF_GLIBCXX = {
  '3.4.21': '5.1',
  '3.4.22': '6.1',
  '3.4.23': '7.1',
  '3.4.24': '7.2',
  '3.4.25': '8.1',
  '3.4.26': '9.1',
  '3.4.27': '9.2',
  '3.4.28': '9.3',
  '3.4.29': '11',
  '3.4.30': '12',
  '3.4.31': '13.1',
  '3.4.32': '13.2',
  '3.4.33': '14',
  '3.4.34': '15',
}

/**
 * The dependencies of a Debian package on the libraries of C and C++.
 * @param {Record<string, string>} versions the highest of all its binaries
 */
export function toDebianDepends({ GLIBC, GLIBCXX }) {
  return [
    ...(GLIBC === undefined ? [] : [`libc6 (>= ${GLIBC})`]),
    ...(GLIBCXX === undefined ? [] : [`libstdc++6 (>= ${findGcc(GLIBCXX)})`]),
  ]
}

function findGcc(version) {
  const gcc = GCC_OF_GLIBCXX[version]
  if (gcc === undefined) {
    throw new Error(
      `GLIBCXX_${version} is not in the table of build/pack/needs/systems.mjs. Add the GCC that has it first.`,
    )
  }
  return gcc
}

/** The table of docs/install.md. */
export function toSystemsTable() {
  const { linux, darwin, win32 } = SYSTEMS
  const { GLIBC, GLIBCXX } = linux.versions
  const gcc = findGcc(GLIBCXX)
  const rows = [
    ['system', 'processors', 'lowest version', 'what it has to have', 'what is too old'],
    [
      'Linux',
      'x64, arm64',
      `glibc ${GLIBC}`,
      `libstdc++ of GCC ${gcc}. Debian 12, Ubuntu 22.04, Fedora 35 and RHEL 9 have both`,
      'Debian 11, Ubuntu 20.04, RHEL 8; Alpine and other systems with musl',
    ],
    ['macOS', 'Apple silicon, Intel', darwin.minimum, 'nothing more', 'macOS 12 and earlier'],
    [
      'Windows',
      'x64, arm64',
      `10 1809 (${win32.minimum})`,
      'for the keychain the [Visual C++ runtime](troubleshooting.md#the-keychain-on-windows) of Microsoft',
      'Windows 8.1 and earlier',
    ],
  ]
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  const line = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`
  const [head, ...body] = rows
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n')
}
