// For whom and for which day: the examples follow the audience. On a phone with large type both are
// one line, which opens them.
import { find, findAll, today } from "./page.js";
import { recall, remember } from "./state.js";

export const audience = () => find("#audience input:checked")?.value ?? "public";

// The day that was taken last: what is still being typed is none yet.
let taken = today();
export const day = () => taken;

const showExamples = () => {
  for (const group of findAll(".examples")) group.hidden = group.dataset.audience !== audience();
};

export const setAudience = (value) => {
  const choice = find(`#audience input[value="${CSS.escape(value)}"]`);
  if (choice) choice.checked = true;
  showExamples();
};

const WRONG = "没有这一天，或没有写完，已改为今天";

const told = (given) => (given ? `“${given.slice(0, 20)}”不是日期，已改为今天` : WRONG);

// A day that is none, or of no year that is asked for in earnest, is put right and told; one that
// is not today is told above the conversation.
export const setDay = (given, isUnfinished = false) => {
  const field = find("#as-of");
  field.value = given || today(); // what is no day empties it
  const isOutside = field.validity.rangeUnderflow || field.validity.rangeOverflow;
  const isWrong = isUnfinished || isOutside || field.value !== (given || today());
  if (isWrong) field.value = today();
  taken = field.value;
  const isToday = day() === today();
  find("#day-note").textContent = isWrong ? told(given) : "";
  find("#day-bar").hidden = isToday;
  find("#day-bar span").textContent = isToday ? "" : `按 ${day()} 那天有效的规定回答`;
  remember({ day: isToday ? "" : day() });
};

// Keys that open the calendar, or leave the field, write nothing into it.
const WRITES_NOTHING = ["Enter", "Tab", "Escape", " ", "F4", "Shift", "Control", "Alt", "Meta"];

// While a day is being typed its parts are days on the way to it: it is taken when the reader is
// done with it, at once where it is picked from the calendar.
const listenToDay = (field) => {
  let isTyping = false;
  const take = () => {
    const isUnfinished = field.validity.badInput;
    if (isUnfinished || field.value !== taken) setDay(field.value, isUnfinished);
    isTyping = false;
  };
  field.addEventListener("keydown", ({ key, altKey }) => {
    if (key === "Enter") take();
    else if (!altKey && !WRITES_NOTHING.includes(key)) isTyping = true;
  });
  field.addEventListener("click", () => (isTyping = false));
  field.addEventListener("change", () => isTyping || setDay(field.value));
  field.addEventListener("blur", take);
};

const tellInLine = () => {
  const chosen = find("#audience input:checked + span")?.textContent ?? "";
  const parts = [find("#audience").hidden ? "" : chosen, find("#as-of").value];
  find("#unfold .told").textContent = parts.filter(Boolean).join(" · ");
};

const listenToLine = () => {
  tellInLine();
  // The day is also changed by the page itself, which tells it in the bar above.
  const watch = new MutationObserver(tellInLine);
  for (const id of ["day-bar", "day-note"])
    watch.observe(document.getElementById(id), { attributes: true, childList: true, subtree: true });
  find("#choices").addEventListener("change", tellInLine);
  const button = find("#unfold");
  button.addEventListener("click", () => {
    const isOpen = find("#composer").classList.toggle("unfolded");
    button.setAttribute("aria-expanded", String(isOpen));
  });
};

export const listenToChoices = () => {
  const bar = find("#day-bar");
  const root = document.documentElement.style;
  new ResizeObserver(() => root.setProperty("--day-bar", `${bar.offsetHeight}px`)).observe(bar);
  if (recall("audience")) setAudience(recall("audience"));
  setDay(recall("day"));
  listenToDay(find("#as-of"));
  find("#audience").addEventListener("change", () => {
    remember({ audience: audience() });
    showExamples();
  });
  listenToLine();
};
