/**
 * The download of a person beside Electron itself, unpacked, in bytes: a megabyte of the archive is the guide and its
 * pictures, one the emoji that names may have, one and a half what teams need: libsodium, PostgreSQL's protocol, the
 * exchange and its evidence, a quarter what installs updates (electron-updater), and a fifth the shapes of secrets and
 * the states of what was not read. The terminal program is as large again, with the driver of the browser that prints
 * PDF files, beside its Node.
 */
export const BUDGET = { archive: 12_500_000, unpacked: 6_500_000, terminal: 22_000_000, node: 130_000_000 }
