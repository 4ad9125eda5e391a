// Conversations that were, kept in this browser and nowhere else.
import { recall, remember } from "./session.js";

const NAME = "ecopolicy.conversations";
const MOST = 30;
let current = recall("conversation") || null;

// The conversation that this tab was in before it was loaded again.
export const interrupted = () => load().find(({ id }) => id === current);

export const load = () => {
  try {
    const kept = JSON.parse(localStorage.getItem(NAME) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return []; // not ours, or storage is forbidden
  }
};

const save = (kept) => {
  // A full storage takes fewer: the oldest go first.
  for (let rest = kept.slice(0, MOST); rest.length; rest = rest.slice(0, -1)) {
    try {
      localStorage.setItem(NAME, JSON.stringify(rest));
      return;
    } catch (error) {
      if (error.name !== "QuotaExceededError") return;
    }
  }
};

export const keep = (exchanges) => {
  current ??= crypto.randomUUID?.() ?? String(Date.now());
  remember("conversation", current);
  const others = load().filter(({ id }) => id !== current);
  save([{ id: current, time: Date.now(), exchanges }, ...others]);
};

export const begin = (id = null) => {
  current = id;
  remember("conversation", id);
};

export const forget = () => {
  localStorage.removeItem(NAME);
  begin();
};
