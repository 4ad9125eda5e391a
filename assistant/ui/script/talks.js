// Conversations that were, kept in this browser and nowhere else.
import { newId, recall, remember } from "./state.js";

const LIST = "ecopolicy.talks";
const MOST = 100;
const nameOf = (id) => `ecopolicy.talk.${id}`;

const read = (name, otherwise) => {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? otherwise;
  } catch {
    return otherwise; // not ours, or storage is forbidden
  }
};

// Newest first: { id, name, time, count }.
export const talks = () => {
  const kept = read(LIST, []);
  return Array.isArray(kept) ? kept : [];
};

export const exchangesOf = (id) => {
  const kept = read(nameOf(id), []);
  return Array.isArray(kept) ? kept : [];
};

const write = (name, value) => localStorage.setItem(name, JSON.stringify(value));

export const removeTalk = (id) => {
  localStorage.removeItem(nameOf(id));
  write(LIST, talks().filter((talk) => talk.id !== id));
  if (recall("talk") === id) remember({ talk: "" });
};

export const renameTalk = (id, name) =>
  write(LIST, talks().map((talk) => (talk.id === id ? { ...talk, name } : talk)));

// The name that the reader gave a conversation; empty where it has that of its first question.
export const nameGiven = ({ id, name }) => (name === exchangesOf(id)[0]?.question ? "" : name);

export const forgetTalks = () => {
  for (const { id } of talks()) localStorage.removeItem(nameOf(id));
  localStorage.removeItem(LIST);
  remember({ talk: "" });
};

// Keeps the conversation of this tab. Whether it is kept: a full storage gives up the oldest first.
export const keepTalk = (exchanges) => {
  const id = recall("talk") || newId();
  remember({ talk: id });
  const before = talks().find((talk) => talk.id === id);
  const name = before?.name ?? exchanges[0].question;
  const talk = { id, name, time: Date.now(), count: exchanges.length };
  const others = talks().filter((one) => one.id !== id);
  for (const gone of others.splice(MOST - 1)) localStorage.removeItem(nameOf(gone.id));
  for (;;) {
    try {
      write(nameOf(id), exchanges);
      write(LIST, [talk, ...others]);
      return true;
    } catch (error) {
      if (error.name !== "QuotaExceededError" || !others.length) return false;
      localStorage.removeItem(nameOf(others.pop().id));
    }
  }
};
