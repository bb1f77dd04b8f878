/** The columns of a `ProjectRef` in the field `project`, from a project `pr` and its current version `pv`. */
export const PROJECT_REF = `pr.id AS "project.id", ifnull(pv.name, pr.external_id) AS "project.name", pr.external_id AS "project.externalId",
  ifnull(pv.status, 'gone') AS "project.status"`
