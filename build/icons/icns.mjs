/** The types of pictures in an `.icns` file that are PNG, by their edge in pixels; `@2x` are those of dense screens. */
const TYPES = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['icp6', 64],
  ['ic12', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic13', 256],
  ['ic09', 512],
  ['ic14', 512],
  ['ic10', 1024],
]

/**
 * Writes PNG pictures as one `.icns` file, the icon of an application on macOS: the word `icns` and the length of the file,
 * then for each picture its type, its length with this head, and the PNG.
 * @param {Map<number, Uint8Array>} pictures PNG files by their edge: 16, 32, 64, 128, 256, 512 and 1024
 */
export function toIcns(pictures) {
  const parts = TYPES.map(([type, edge]) => {
    const picture = pictures.get(edge)
    if (picture === undefined) throw new Error(`An icon for macOS needs a picture of ${edge} pixels.`)
    return Buffer.concat([head(type, picture.length), picture])
  })
  return Buffer.concat([
    head(
      'icns',
      parts.reduce((sum, { length }) => sum + length, 0),
    ),
    ...parts,
  ])
}

function head(type, length) {
  const bytes = Buffer.from(`${type}\0\0\0\0`)
  bytes.writeUInt32BE(length + 8, 4)
  return bytes
}
