/** The packages that a release has, and the system of each. */
export const PACKAGES = {
  appimage: { platform: 'linux', ending: '.AppImage', words: 'AppImage' },
  deb: { platform: 'linux', ending: '.deb', words: 'Debian package' },
  nsis: { platform: 'win32', ending: '.exe', words: 'Windows installer' },
  zip: { platform: 'darwin', ending: '.zip', words: 'zip for macOS' },
  dmg: { platform: 'darwin', ending: '.dmg', words: 'disk image for macOS' },
} as const satisfies Readonly<Record<string, { platform: string; ending: string; words: string }>>

export type PackageKind = keyof typeof PACKAGES

export const PACKAGE_KINDS = Object.keys(PACKAGES) as readonly PackageKind[] as readonly [PackageKind, ...PackageKind[]]

export const ARCHS = ['x64', 'arm64'] as const

/** The kind of a package by the ending of its name; null for any other file. */
export function packageKind(name: string): PackageKind | null {
  return PACKAGE_KINDS.find((kind) => name.endsWith(PACKAGES[kind].ending)) ?? null
}

/** The processor of a package by its name, as electron-builder names them: x64 where it names none. */
export function packageArch(name: string): (typeof ARCHS)[number] {
  return /arm64|aarch64/u.test(name) ? 'arm64' : 'x64'
}

/** Whether a file's name contains exactly this version, as every package's name does. */
export function namesVersion(name: string, version: string): boolean {
  const at = name.indexOf(version)
  if (at === -1) return false
  const [before, after] = [name.slice(0, at), name.slice(at + version.length)]
  return !/[\d.]$/u.test(before) && !/^(?:\d|\.\d|-(?:alpha|beta|rc|pre|next)\b)/iu.test(after)
}
