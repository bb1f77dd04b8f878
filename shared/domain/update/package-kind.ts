/** The packages that a release has: the system of each, the names that it has, and its words with their article. */
export const PACKAGES = {
  appimage: { platform: 'linux', form: /\.AppImage$/u, words: 'an AppImage' },
  deb: { platform: 'linux', form: /\.deb$/u, words: 'a Debian package' },
  tar: { platform: 'linux', form: /-linux-[^/]*\.tar\.gz$/u, words: 'a tar.gz for Linux' },
  nsis: { platform: 'win32', form: /\.exe$/u, words: 'an installer for Windows' },
  winzip: { platform: 'win32', form: /-win-[^/]*\.zip$/u, words: 'a zip for Windows' },
  zip: { platform: 'darwin', form: /-mac-[^/]*\.zip$/u, words: 'a zip for macOS' },
  dmg: { platform: 'darwin', form: /\.dmg$/u, words: 'a disk image for macOS' },
} as const satisfies Readonly<Record<string, { platform: string; form: RegExp; words: string }>>

export type PackageKind = keyof typeof PACKAGES

export const PACKAGE_KINDS = Object.keys(PACKAGES) as readonly PackageKind[] as readonly [PackageKind, ...PackageKind[]]

/** The file beside the archive of the application that names its kind of package; packing and installers write it. */
export const KIND_FILE = 'package-kind'

export const ARCHS = ['x64', 'arm64'] as const

const ARCH_WORDS = { x64: /[-_](?:x64|x86_64|amd64)\./u, arm64: /[-_](?:arm64|aarch64)\./u } as const

/** The kind of a package by its name; null for any other file. */
export function packageKind(name: string): PackageKind | null {
  return PACKAGE_KINDS.find((kind) => PACKAGES[kind].form.test(name)) ?? null
}

/** The processor that the name of a package ends with; null where it names none. */
export function packageArch(name: string): (typeof ARCHS)[number] | null {
  return ARCHS.find((arch) => ARCH_WORDS[arch].test(name)) ?? null
}

/** True if a file's name contains exactly this version, as every package's name does. */
export function namesVersion(name: string, version: string): boolean {
  const at = name.indexOf(version)
  if (at === -1) return false
  const [before, after] = [name.slice(0, at), name.slice(at + version.length)]
  return !/[\d.]$/u.test(before) && !/^(?:\d|\.\d|-(?:alpha|beta|rc|pre|next)\b)/iu.test(after)
}
