/** The name of the application for software centres, and of the file that describes it to them. */
export const APPLICATION_ID = 'app.castellan.Castellan'

/**
 * The description of the application for software centres (freedesktop.org, AppStream 1.0).
 * @param {{ version: string, date: string, homepage: string }} release `date` as 2026-11-27
 */
export function writeMetainfo({ version, date, homepage }) {
  return `<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>${APPLICATION_ID}</id>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>MIT</project_license>
  <name>Castellan</name>
  <summary>Access governance for AI-provider organizations</summary>
  <developer id="app.castellan">
    <name>The Castellan authors</name>
  </developer>
  <description>
    <p>Castellan shows who has access to every client’s AI accounts, and proves that it was reviewed.</p>
    <p>It reads organizations of AI providers through their admin APIs and keeps people, roles, keys, limits and usage of all
    clients in one encrypted file on your own disk. Connections are read-only unless you decide otherwise.</p>
    <ul>
      <li>Access reviews with signed evidence packs that can be checked without Castellan</li>
      <li>Findings: keys without an owner, old keys, former employees with access, budgets that are exceeded</li>
      <li>The register of every client as Markdown, for git</li>
    </ul>
  </description>
  <launchable type="desktop-id">castellan-desktop.desktop</launchable>
  <icon type="stock">castellan-desktop</icon>
  <url type="homepage">${homepage}</url>
  <categories>
    <category>Office</category>
  </categories>
  <provides>
    <binary>castellan-desktop</binary>
    <binary>castellan</binary>
  </provides>
  <content_rating type="oars-1.1"/>
  <releases>
    <release version="${version}" date="${date}"/>
  </releases>
</component>
`
}
