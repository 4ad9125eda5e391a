// The tabs: the address says which one is open, so Back leads to the one before.
import { day } from "./choices.js";
import { find, findAll, note } from "./page.js";

const LOADING = "正在取……";
const FAILED = "没有取到，请检查网络后再点一次这个栏目。";
const listeners = new Map();
const tabs = () => findAll("#tabs [role=tab]");
// "#/library", for "#library" is an element: going Back there the browser would leave the focus and
// the place that are put back.
export const named = () => location.hash.replace(/^#\/?/, "");

// What is done with a tab's content once it is there.
export const whenLoaded = (name, told) => listeners.set(name, told);

// What shows the texts of a day is fetched again for another one.
const load = async (panel) => {
  const { from, dated } = panel.dataset;
  const address = dated === undefined ? from : `${from}?day=${day()}`;
  if (!from || panel.dataset.state === address) return;
  panel.dataset.state = address;
  note(panel, LOADING);
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(response.status);
    const html = await response.text();
    if (panel.dataset.state !== address) return;
    panel.innerHTML = html;
    listeners.get(panel.id)?.(panel);
  } catch {
    if (panel.dataset.state !== address) return;
    delete panel.dataset.state;
    note(panel, FAILED);
  }
};

const show = (name) => {
  const known = tabs().some(({ dataset }) => dataset.tab === name) ? name : "chat";
  for (const tab of tabs()) {
    const isOpen = tab.dataset.tab === known;
    tab.setAttribute("aria-selected", String(isOpen));
    tab.tabIndex = isOpen ? 0 : -1;
    const panel = document.getElementById(tab.dataset.tab);
    panel.hidden = !isOpen;
    if (isOpen) load(panel);
  }
};

export const openTab = (name) => {
  if ((named() || "chat") !== name) {
    history.pushState(null, "", name === "chat" ? location.pathname : `#/${name}`);
  }
  show(name);
};

export const listenToTabs = () => {
  find("#tabs").addEventListener("click", ({ target }) => {
    if (target.dataset.tab) openTab(target.dataset.tab);
  });
  find("#tabs").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const at = tabs().indexOf(document.activeElement);
    const next = tabs()[(at + step + tabs().length) % tabs().length];
    openTab(next.dataset.tab);
    next.focus();
  });
  window.addEventListener("popstate", () => show(named()));
  show(named());
};
