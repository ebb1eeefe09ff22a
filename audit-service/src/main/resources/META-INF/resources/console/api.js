/** What the service answers where it does not give what was asked for. */
export class Refused extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/** Gets a path below /api/v1 with this tab's token. */
export async function api(path) {
  const response = await fetch(`../api/v1/${path}`, {
    headers: { Authorization: `Bearer ${sessionStorage.getItem("token")}`, Accept: "application/json" },
  });
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Refused(response.status, problem.detail ?? `The service answers ${response.status}.`);
  }
  return response.json();
}
