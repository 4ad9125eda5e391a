// What this tab is about: which conversation, the draft, what was asked and not answered yet, for
// whom and for which day. Kept in the browser, so that a reload, a closed phone or a server that
// comes back finds all of it.
const TAB = "ecopolicy.tab";
// What a tab that went away was about; the next one that begins goes on with it.
const LEFT = "ecopolicy.left";

const read = (storage, name) => {
  try {
    return JSON.parse(storage.getItem(name));
  } catch {
    return null; // not ours, or storage is forbidden
  }
};

const write = (storage, name, value) => {
  try {
    if (value) storage.setItem(name, JSON.stringify(value));
    else storage.removeItem(name);
  } catch {
    // Storage is forbidden or full: the page goes on without.
  }
};

export const newId = () => crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;

const EMPTY = { tab: newId(), talk: "", draft: "", asked: [], audience: "", day: "", check: null };
const own = read(sessionStorage, TAB);
const left = read(localStorage, LEFT);
let state = { ...EMPTY, ...(own ?? left) };
if (!own) state.tab = EMPTY.tab;
if (!own || left?.tab === own.tab) write(localStorage, LEFT, null);
write(sessionStorage, TAB, state);

export const recall = (name) => state[name];

export const remember = (changes) => {
  state = { ...state, ...changes };
  write(sessionStorage, TAB, state);
};

const leave = () => write(localStorage, LEFT, state);
const comeBack = () => {
  if (read(localStorage, LEFT)?.tab === state.tab) write(localStorage, LEFT, null);
};

export const watchLeaving = () => {
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", comeBack);
  // A phone ends what is out of sight without a word.
  if (!window.matchMedia("(pointer: coarse)").matches) return;
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : comeBack()));
};
