import { z } from 'zod'

import { MANIFEST_VERSION } from './winget.mjs'

/**
 * The forms that the registries document, as far as our manifests use them: a field that is not here is refused, since a registry
 * may mean something else by it. Sources: for winget the JSON schemas of github.com/microsoft/winget-cli
 * (schemas/JSON/manifests/v1.12.0), for `server.json` that of github.com/modelcontextprotocol/registry (2025-12-11), for bundles
 * MANIFEST.md of github.com/modelcontextprotocol/mcpb (0.3).
 */

const url = z
  .string()
  .regex(/^https?:\/\/.+$/u)
  .max(2048)
const text = (from, to) => z.string().min(from).max(to)
const head = {
  PackageIdentifier: z
    .string()
    .max(128)
    .regex(/^[^.\s\\/:*?"<>|]{1,32}(?:\.[^.\s\\/:*?"<>|]{1,32}){1,7}$/u),
  PackageVersion: z
    .string()
    .max(128)
    .regex(/^[^\\/:*?"<>|]+$/u),
  ManifestVersion: z.literal(MANIFEST_VERSION),
}

export const WINGET = {
  version: z.strictObject({ ...head, ManifestType: z.literal('version'), DefaultLocale: z.literal('en-US') }),
  defaultLocale: z.strictObject({
    ...head,
    ManifestType: z.literal('defaultLocale'),
    PackageLocale: z.literal('en-US'),
    Publisher: text(2, 256),
    PublisherUrl: url,
    PackageName: text(2, 256),
    PackageUrl: url,
    License: text(3, 512),
    Copyright: text(3, 512),
    ShortDescription: text(3, 256),
    Description: text(3, 10_000),
    Moniker: text(1, 40),
  }),
  installer: z.strictObject({
    ...head,
    ManifestType: z.literal('installer'),
    Platform: z.array(z.enum(['Windows.Desktop', 'Windows.Universal'])).max(2),
    MinimumOSVersion: z.string().regex(/^\d{1,5}(?:\.\d{1,5}){0,3}$/u),
    InstallerType: z.enum([
      'msix',
      'msi',
      'appx',
      'exe',
      'zip',
      'inno',
      'nullsoft',
      'wix',
      'burn',
      'pwa',
      'portable',
      'font',
    ]),
    Scope: z.enum(['user', 'machine']),
    InstallModes: z.array(z.enum(['interactive', 'silent', 'silentWithProgress'])).max(3),
    UpgradeBehavior: z.enum(['install', 'uninstallPrevious', 'deny']),
    Commands: z.array(text(1, 40)).max(16),
    Dependencies: z.strictObject({
      PackageDependencies: z.array(z.strictObject({ PackageIdentifier: head.PackageIdentifier })).max(16),
    }),
    Installers: z
      .array(
        z.strictObject({
          Architecture: z.enum(['x86', 'x64', 'arm', 'arm64', 'neutral']),
          InstallerUrl: url,
          InstallerSha256: z.string().regex(/^[A-Fa-f0-9]{64}$/u),
        }),
      )
      .min(1)
      .max(1024),
  }),
}

export const SERVER = z.strictObject({
  $schema: z.literal('https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json'),
  name: text(3, 200).regex(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/u),
  title: text(1, 100),
  description: text(1, 100),
  version: z.string().regex(/^\d+\.\d+\.\d+$/u),
  websiteUrl: z.url(),
  packages: z
    .array(
      z.strictObject({
        registryType: z.literal('mcpb'),
        identifier: z.url({ protocol: /^https$/u }),
        version: z.string().regex(/^\d+\.\d+\.\d+$/u),
        fileSha256: z.string().regex(/^[a-f0-9]{64}$/u),
        transport: z.strictObject({ type: z.literal('stdio') }),
      }),
    )
    .min(1),
})

export const BUNDLE = z.strictObject({
  manifest_version: z.literal('0.3'),
  name: text(1, 100),
  display_name: text(1, 100),
  version: z.string().regex(/^\d+\.\d+\.\d+$/u),
  description: text(1, 200),
  long_description: text(1, 10_000),
  author: z.strictObject({ name: text(1, 100), url: z.url() }),
  homepage: z.url(),
  icon: z.literal('icon.png'),
  server: z.strictObject({
    type: z.enum(['python', 'node', 'binary']),
    entry_point: text(1, 200),
    mcp_config: z.strictObject({ command: text(1, 200), args: z.array(z.string()) }),
  }),
  tools: z.array(z.strictObject({ name: text(1, 100), description: text(1, 1000) })).min(1),
  keywords: z.array(z.string()),
  license: z.literal('MIT'),
  compatibility: z.strictObject({ platforms: z.array(z.enum(['darwin', 'win32', 'linux'])).length(1) }),
  user_config: z.record(
    z.string(),
    z.strictObject({
      type: z.enum(['string', 'number', 'boolean', 'directory', 'file']),
      title: text(1, 100),
      description: text(1, 500),
      required: z.boolean(),
    }),
  ),
})
