// The check. What is checked stays in the browser; it is sent again where the result is to be taken
// away as a file.
import { find, takeAway } from "./page.js";
import { recall, remember } from "./state.js";

// A longer text is not kept over a reload: the browser's storage holds the conversation too.
const MOST_KEPT = 200_000;

const element = find("#check");
const form = () => element.querySelector("form.given");
const result = () => element.querySelector(".result");
let given = null;

const say = (words, kind) => {
  const note = document.createElement("p");
  note.className = kind;
  note.setAttribute("role", kind === "problem" ? "alert" : "status");
  note.textContent = words;
  result().replaceChildren(note);
};

const send = (extra) =>
  fetch(`check?${new URLSearchParams({ name: given.name, day: given.day, ...extra })}`, {
    method: "POST",
    headers: { "Content-Type": "application/octet-stream" },
    body: given.body,
  });

const read = async () => {
  const chosen = new FormData(form());
  const file = chosen.get("file");
  const text = chosen.get("text");
  if (file?.size) return { name: file.name, day: chosen.get("day"), body: await file.arrayBuffer() };
  return text.trim() ? { name: "-.txt", day: chosen.get("day"), body: text } : null;
};

const keepDraft = (isChecked) => {
  const { text, day, file } = form().elements;
  const isKept = text.value && text.value.length <= MOST_KEPT && !file.files.length;
  remember({ check: isKept ? { text: text.value, day: day.value, isChecked } : null });
};

const check = async () => {
  given = await read();
  if (!given) return say(result().dataset.nothing, "problem");
  say(result().dataset.busy, "quiet");
  const mine = given;
  keepDraft(true);
  try {
    const reply = await send({});
    const told = await reply.text();
    if (mine !== given) return undefined;
    if (!reply.ok) return say(told, "problem");
    result().innerHTML = told;
  } catch {
    say(result().dataset.failed, "problem");
  }
  return undefined;
};

const take = async (kind) => {
  const replace = element.querySelector("[name=replace]").checked ? "1" : "";
  try {
    const reply = await send({ as: kind, replace });
    if (!reply.ok) return say(await reply.text(), "problem");
    await takeAway(reply);
  } catch {
    say(result().dataset.failed, "problem");
  }
  return undefined;
};

export const listenToCheck = () => {
  element.addEventListener("submit", (event) => {
    event.preventDefault();
    check();
  });
  element.addEventListener("input", (event) => {
    if (event.target.name === "text" && event.target.value) form().elements.file.value = "";
    if (form().contains(event.target)) keepDraft(false);
  });
  element.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-take]");
    if (button) {
      take(button.dataset.take);
      return;
    }
    const place = event.target.closest("a[data-place]");
    if (!place) return;
    event.preventDefault();
    const target = element.querySelector(`#${place.dataset.place}`);
    if (!target) return;
    target.closest("details")?.setAttribute("open", "");
    target.scrollIntoView({ block: "center" });
    (target.matches("a") ? target : target.querySelector("a")).focus({ preventScroll: true });
  });
  // The draft and what was found in it, before this page was loaded again.
  const { text, day } = form().elements;
  const kept = recall("check");
  if (!kept?.text || text.value) return;
  text.value = kept.text;
  day.value = kept.day;
  if (kept.isChecked) check();
};
