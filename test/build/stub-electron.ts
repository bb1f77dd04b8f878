import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { createPackage } from '@electron/asar'
import { NtExecutable, NtExecutableResource, Resource } from 'resedit'

/** The words of the binaries of a distribution: ELF, PE and Mach-O number processors each in their own way. */
const ELF = { x64: 0x3e, arm64: 0xb7 }
const PE = { x64: 0x8664, arm64: 0xaa64 }
const MACH = { x64: 0x01000007, arm64: 0x0100000c }

/** Begins the fuses in Electron's binary; see `SENTINEL` of @electron/fuses. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** As many as Electron 45 has; all at their default, which for most is on (`1`). */
const FUSES = '101110011'

const FUSE_WIRE = Buffer.concat([Buffer.from(SENTINEL), Buffer.from([1, FUSES.length]), Buffer.from(FUSES)])

/** The processes beside the main one on macOS, each an application of its own. */
const HELPERS = ['', ' (Renderer)', ' (Plugin)', ' (GPU)']

export interface StubTarget {
  readonly platform: 'linux' | 'darwin' | 'win32'
  readonly arch: 'x64' | 'arm64'
}

/**
 * A distribution of Electron that packs but does not run: what the packer looks for, and an executable in the system's format
 * that carries the fuses, so that they can be set and read back. For machines where the binary cannot be fetched, and for other
 * systems. Returns its folder.
 */
export async function stubElectron(folder: string, version: string, { platform, arch }: StubTarget): Promise<string> {
  const dist = join(folder, `electron-${platform}-${arch}`)
  const application = join(folder, `default-app-${platform}-${arch}`)
  const resources = platform === 'darwin' ? 'Electron.app/Contents/Resources' : 'resources'
  mkdirSync(join(dist, resources), { recursive: true })
  mkdirSync(application)
  writeFileSync(join(application, 'package.json'), '{}')
  await createPackage(application, join(dist, resources, 'default_app.asar'))
  write(dist, 'version', version)
  write(dist, 'LICENSE', 'MIT License of the Electron contributors\n')
  write(dist, 'LICENSES.chromium.html', '<title>Licences of Chromium</title>\n')
  if (platform === 'darwin') writeBundle(dist, arch)
  else {
    write(dist, 'locales/en-US.pak', '')
    if (platform === 'win32') writeProgram(dist, 'electron.exe', peProgram(arch))
    else {
      writeProgram(dist, 'electron', elfProgram(arch))
      writeProgram(dist, 'chrome-sandbox', elfProgram(arch))
    }
  }
  return dist
}

function writeBundle(dist: string, arch: StubTarget['arch']): void {
  const contents = 'Electron.app/Contents'
  writeProgram(dist, `${contents}/MacOS/Electron`, machProgram(arch))
  write(dist, `${contents}/Info.plist`, propertyList('Electron'))
  const framework = `${contents}/Frameworks/Electron Framework.framework`
  writeProgram(dist, `${framework}/Versions/A/Electron Framework`, machProgram(arch))
  write(dist, `${framework}/Versions/A/Resources/en.lproj/locale.pak`, '')
  symlinkSync('A', join(dist, framework, 'Versions/Current'))
  for (const name of ['Electron Framework', 'Resources'])
    symlinkSync(`Versions/Current/${name}`, join(dist, framework, name))
  for (const suffix of HELPERS) {
    const name = `Electron Helper${suffix}`
    write(dist, `${contents}/Frameworks/${name}.app/Contents/Info.plist`, propertyList(name))
    writeProgram(dist, `${contents}/Frameworks/${name}.app/Contents/MacOS/${name}`, machProgram(arch))
  }
}

function propertyList(name: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<key>CFBundleExecutable</key><string>${name}</string>
<key>CFBundleName</key><string>${name}</string>
</dict></plist>
`
}

function elfProgram(arch: StubTarget['arch']): Buffer {
  const header = Buffer.alloc(4096)
  header.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1])
  header.writeUInt16LE(3, 16)
  header.writeUInt16LE(ELF[arch], 18)
  return Buffer.concat([header, FUSE_WIRE, Buffer.alloc(4096)])
}

function machProgram(arch: StubTarget['arch']): Buffer {
  const header = Buffer.alloc(4096)
  header.writeUInt32LE(0xfeedfacf, 0)
  header.writeUInt32LE(MACH[arch], 4)
  return Buffer.concat([header, FUSE_WIRE, Buffer.alloc(4096)])
}

/** A program with the fuses and, as the packer expects, a version, to which it adds what is Castellan's. */
function peProgram(arch: StubTarget['arch']): Buffer {
  const section = Buffer.alloc(4096)
  FUSE_WIRE.copy(section)
  const header = Buffer.alloc(4096)
  header.write('MZ')
  header.writeUInt32LE(64, 60)
  header.write('PE', 64)
  header.writeUInt16LE(PE[arch], 68)
  header.writeUInt16LE(1, 70)
  header.writeUInt16LE(240, 84)
  header.writeUInt16LE(0x22, 86)
  const optional = 88
  header.writeUInt16LE(0x20b, optional)
  header.writeUInt32LE(section.length, optional + 8)
  // The address of the program in memory, and what its parts are rounded up to there and in the file.
  header.writeBigUInt64LE(0x140000000n, optional + 24)
  header.writeUInt32LE(4096, optional + 32)
  header.writeUInt32LE(512, optional + 36)
  header.writeUInt16LE(6, optional + 48)
  header.writeUInt32LE(8192, optional + 56)
  header.writeUInt32LE(header.length, optional + 60)
  header.writeUInt16LE(3, optional + 68)
  header.writeUInt32LE(16, optional + 108)
  const entry = optional + 240
  header.write('.rdata', entry)
  for (const [at, value] of [section.length, 4096, section.length, header.length].entries()) {
    header.writeUInt32LE(value, entry + 8 + 4 * at)
  }
  header.writeUInt32LE(0x40000040, entry + 36)
  const program = NtExecutable.from(Buffer.concat([header, section]))
  const resources = NtExecutableResource.from(program)
  const version = Resource.VersionInfo.createEmpty()
  version.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: 'Electron' })
  version.outputToResourceEntries(resources.entries)
  resources.outputResource(program)
  return Buffer.from(program.generate())
}

function writeProgram(dist: string, path: string, bytes: Buffer): void {
  write(dist, path, bytes)
  chmodSync(join(dist, path), 0o755)
}

function write(dist: string, path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(dist, path)), { recursive: true })
  writeFileSync(join(dist, path), content)
}
