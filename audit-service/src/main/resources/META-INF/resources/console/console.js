import { api, Refused } from "./api.js";
import { eventRow, findingRow, figure, storyRow } from "./rows.js";

const PAGE = 25;
const element = (id) => document.getElementById(id);
const look = element("look");

/** Where each list goes on, and how one of its items is shown. */
const lists = {
  findings: { next: null, path: null, row: null },
  events: { next: null, path: null, row: null },
};

let catalogue = new Map();

function scope() {
  const from = new Date(Date.now() - Number(look.hours.value) * 3_600_000).toISOString();
  const query = new URLSearchParams({ from });
  const shop = look.shop.value.trim();
  if (shop) {
    query.set("shop", shop);
  }
  return { shop, from, query };
}

async function show() {
  const { shop, from, query } = scope();
  if (catalogue.size === 0) {
    const kinds = await api("findings/catalogue");
    catalogue = new Map(kinds.map((kind) => [kind.id, kind]));
  }
  const summary = await api(`reports/summary?${query}`);
  showSummary(summary);
  begin("findings", `findings?${query}&order=worst`, (finding) => findingRow(finding, catalogue, choose));
  if (shop) {
    begin("events", `shops/${encodeURIComponent(shop)}/timeline?${new URLSearchParams({ from, order: "desc" })}`,
      (entry) => storyRow(entry, shop, choose));
  } else {
    begin("events", `events?${query}`, (event) => eventRow(event, choose));
  }
  await Promise.all([more("findings"), more("events")]);
  element("view").hidden = false;
}

function showSummary({ events, findings, provisioning }) {
  const millis = (value) => value === undefined ? "–" : value < 1000 ? `${value} ms` : `${(value / 1000).toFixed(1)} s`;
  element("summary").replaceChildren(
    figure(findings.bySeverity.CRITICAL, "critical findings", findings.bySeverity.CRITICAL > 0 ? "CRITICAL" : ""),
    figure(findings.bySeverity.HIGH, "high findings", findings.bySeverity.HIGH > 0 ? "HIGH" : ""),
    figure(findings.total, "findings in all"),
    figure(`${provisioning.ready} / ${provisioning.signups}`, "signups that are ready"),
    figure(millis(provisioning.p50Millis), "signup to ready, median"),
    figure(millis(provisioning.p99Millis), "signup to ready, 99 %"),
    figure(events.total.toLocaleString("en"), "events"),
  );
}

function begin(name, path, row) {
  Object.assign(lists[name], { next: null, path, row });
  element(name).tBodies[0].replaceChildren();
}

async function more(name) {
  const list = lists[name];
  const cursor = list.next ? `&cursor=${encodeURIComponent(list.next)}` : "";
  const page = await api(`${list.path}&limit=${PAGE}${cursor}`);
  const body = element(name).tBodies[0];
  body.append(...page.items.map(list.row));
  if (body.rows.length === 0) {
    const cell = body.insertRow().insertCell();
    cell.colSpan = 6;
    cell.className = "empty";
    cell.textContent = "None in this period.";
  }
  list.next = page.next ?? null;
  document.querySelector(`[data-list=${name}]`).hidden = list.next === null;
}

function choose(shop) {
  look.shop.value = shop;
  attempt(show);
}

/** Runs what asks the service; shows why it was refused, and asks for a token again where that is the reason. */
async function attempt(work) {
  element("problem").hidden = true;
  try {
    await work();
    element("enter").hidden = true;
    look.hidden = false;
  } catch (failure) {
    if (failure instanceof Refused && failure.status === 401) {
      leave();
    }
    // What is shown answers an earlier question: under the problem it would look like the answer to this one.
    element("view").hidden = true;
    element("problem").textContent = failure.message;
    element("problem").hidden = false;
  }
}

function leave() {
  sessionStorage.removeItem("token");
  element("view").hidden = true;
  look.hidden = true;
  element("enter").hidden = false;
}

element("enter").addEventListener("submit", (submitted) => {
  submitted.preventDefault();
  sessionStorage.setItem("token", element("token").value.trim());
  element("token").value = "";
  attempt(show);
});
look.addEventListener("submit", (submitted) => {
  submitted.preventDefault();
  attempt(show);
});
element("leave").addEventListener("click", () => {
  element("problem").hidden = true;
  leave();
});
for (const button of document.querySelectorAll(".more")) {
  button.addEventListener("click", () => attempt(() => more(button.dataset.list)));
}
if (sessionStorage.getItem("token")) {
  attempt(show);
}
